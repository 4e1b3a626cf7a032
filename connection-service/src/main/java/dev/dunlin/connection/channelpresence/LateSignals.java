package dev.dunlin.connection.channelpresence;

import dev.dunlin.connection.subscription.SubscribedSession;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartUser;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The subscribers of the last moments. A signal that was sent just before they came was not in any
 * part then, because a part is written at most once a second: they get it when it is. Some get one
 * twice. Hub loop only.
 */
final class LateSignals {
    /** Longer than a node takes to write its part. */
    private static final Duration LATE = Duration.ofSeconds(3);

    /** Subscriber -> when it came (ns). */
    private final Map<SubscribedSession, Long> subscribers = new HashMap<>(0);

    void add(SubscribedSession subscriber, long now) {
        subscribers.put(subscriber, now);
    }

    void remove(SubscribedSession subscriber) {
        subscribers.remove(subscriber);
    }

    /** The users of {@code before} changed; it holds what they were. */
    void send(ChannelName channel, Map<UserId, Optional<PartUser>> before, MergedUsers users, long now) {
        subscribers.values().removeIf(since -> now - since > LATE.toNanos());
        if (subscribers.isEmpty()) {
            return;
        }
        before.forEach((id, was) -> {
            PartUser user = users.find(id);
            if (user != null && user.lastAt() > was.map(PartUser::lastAt).orElse(0L)) {
                ViewFrames.lastSignal(channel, user).ifPresent(frame -> send(id, frame));
            }
        });
    }

    /** Not to the user's own sessions. */
    private void send(UserId from, byte[] frame) {
        for (SubscribedSession subscriber : subscribers.keySet()) {
            if (!subscriber.session().user().equals(from)) {
                subscriber.session().loop().execute(() -> {
                    if (subscriber.granted()) {
                        subscriber.session().outbox().offerEphemeral(frame);
                    }
                });
            }
        }
    }
}
