package dev.dunlin.localstack.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What push-service sent to the endpoints of the local stack: the newest {@value #MOST_ENTRIES}, in
 * memory. Thread-safe.
 */
final class PushLog {
    private static final int MOST_ENTRIES = 200;
    private static final String EVENT = "sent";

    private final Deque<String> entries = new ArrayDeque<>();
    private final Set<EventStream> listeners = new LinkedHashSet<>();

    /**
     * One request of push-service.
     *
     * @param at when it came, in milliseconds since 1970
     * @param kind {@code webpush} or {@code webhook}
     * @param to the first characters of the endpoint's id; the whole id would be a secret
     * @param status of the answer
     * @param bytes of the body
     * @param ttl seconds; of Web Push
     * @param signed whether the signature is right; null if there is none, or no key to check it
     * @param json the body of a webhook; that of Web Push is encrypted
     */
    record Entry(
            long at,
            String kind,
            String to,
            int status,
            int bytes,
            @Nullable String urgency,
            @Nullable String topic,
            @Nullable Long ttl,
            @Nullable Boolean signed,
            @Nullable JsonNode json) {
        private static final int SHOWN_CHARACTERS = 6;

        Entry {
            to = to.substring(0, SHOWN_CHARACTERS);
        }
    }

    /** Adds an entry and sends it to all who listen. */
    synchronized void add(Entry entry) {
        String line = new String(Json.write(entry), StandardCharsets.UTF_8);
        entries.addLast(line);
        if (entries.size() > MOST_ENTRIES) {
            entries.removeFirst();
        }
        listeners.removeIf(listener -> !listener.send(EVENT, line));
    }

    /** Sends the entries, oldest first, and then each new one. */
    synchronized void follow(EventStream listener) {
        entries.forEach(line -> listener.send(EVENT, line));
        listeners.add(listener);
    }

    /** Ends what {@link #follow} began. */
    synchronized void leave(EventStream listener) {
        listeners.remove(listener);
    }
}
