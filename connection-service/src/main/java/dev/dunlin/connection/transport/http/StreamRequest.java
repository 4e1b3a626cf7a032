package dev.dunlin.connection.transport.http;

import dev.dunlin.connection.cursor.Cursor;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a stream.
 *
 * @param channels the requested channels; empty for the user's own
 * @param cursor the position to continue from; null to start now
 * @param timeout how long a poll may be held
 */
record StreamRequest(List<ChannelName> channels, @Nullable Cursor cursor, Duration timeout) {
    private static final int DEFAULT_SECONDS = 30;
    private static final int MOST_SECONDS = 60;

    /** Whether the user's own channels are requested. */
    boolean own() {
        return channels.isEmpty();
    }

    /**
     * Parses the parameters. Throws {@link InvalidInput} that names the wrong one. A browser that
     * reconnects sends {@code Last-Event-ID}, which is newer than the cursor in its URL.
     */
    static StreamRequest of(HttpServerRequest request) throws InvalidInput {
        MultiMap params;
        try {
            params = request.params();
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "the query cannot be read");
        }
        String last = request.getHeader("Last-Event-ID");
        return of(
                params.getAll("channel"),
                last == null || last.isEmpty() ? params.get("cursor") : last,
                params.get("timeout"));
    }

    static StreamRequest of(List<String> channels, @Nullable String cursor, @Nullable String timeout)
            throws InvalidInput {
        return new StreamRequest(
                channels(channels), cursor == null || cursor.isEmpty() ? null : Cursor.parse(cursor), timeout(timeout));
    }

    private static List<ChannelName> channels(List<String> names) throws InvalidInput {
        Set<ChannelName> channels = new LinkedHashSet<>();
        for (String name : names) {
            try {
                channels.add(new ChannelName(name));
            } catch (IllegalArgumentException e) {
                throw new InvalidInput(ErrorCode.BAD_REQUEST, "channel: " + e.getMessage());
            }
        }
        if (channels.size() > Cursor.MOST_CHANNELS) {
            throw new InvalidInput(
                    ErrorCode.BAD_REQUEST, "channel: a stream may have " + Cursor.MOST_CHANNELS + " channels");
        }
        return List.copyOf(channels);
    }

    private static Duration timeout(@Nullable String text) throws InvalidInput {
        if (text == null) {
            return Duration.ofSeconds(DEFAULT_SECONDS);
        }
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= MOST_SECONDS) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // the error below explains it
        }
        throw new InvalidInput(ErrorCode.BAD_REQUEST, "timeout: must be 1 to " + MOST_SECONDS + " seconds");
    }
}
