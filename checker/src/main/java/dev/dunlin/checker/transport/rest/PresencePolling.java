package dev.dunlin.checker.transport.rest;

import dev.dunlin.checker.history.PresenceRecorder;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks for the presence of users over REST, several times a second, and records the answers. */
public final class PresencePolling implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(300);
    private static final Duration EACH = Duration.ofSeconds(5);

    private final String name;
    private final RestClient rest;
    private final List<UserId> users;
    private final PresenceRecorder recorder;
    private volatile @Nullable Loop loop;

    /** {@code users}: at most 100, the most that one request names. */
    public PresencePolling(String name, RestClient rest, List<UserId> users, PresenceRecorder recorder) {
        this.name = name;
        this.rest = rest;
        this.users = List.copyOf(users);
        this.recorder = recorder;
    }

    /** Starts. */
    public void open() {
        loop = Loop.start(name, own -> {
            while (own.pause(BETWEEN) && !recorder.isFull()) {
                long askedAt = recorder.now();
                recorder.answered(name, askedAt, ask());
            }
        });
    }

    /** Empty if there is no answer: a refusal or a time-out is not a wrong answer. */
    private Map<UserId, Status> ask() throws InterruptedException {
        try {
            return rest.presence(users).get(EACH.toMillis(), TimeUnit.MILLISECONDS).stream()
                    .collect(Collectors.toMap(UserPresence::user, UserPresence::status));
        } catch (ExecutionException | TimeoutException e) {
            return Map.of();
        }
    }

    @Override
    public void close() {
        Loop running = loop;
        if (running != null) {
            running.close();
        }
    }
}
