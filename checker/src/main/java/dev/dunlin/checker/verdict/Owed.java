package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.OpenLink;
import dev.dunlin.checker.history.PresenceHistory;
import dev.dunlin.checker.history.PushCall;
import dev.dunlin.checker.history.PushDevice;
import dev.dunlin.checker.history.PushHistory;
import dev.dunlin.checker.history.PushMessage;
import dev.dunlin.checker.history.Reading;
import dev.dunlin.checker.history.Revision;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A notification that a device must receive: its user is a member who was offline from before the
 * message until {@link #deadline}, did not send it and did not read it, and nobody deleted it.
 *
 * @param deadline when it must have arrived, in nanoseconds since the start of the check
 */
public record Owed(PushDevice device, PushMessage message, long deadline) {
    /** A row that was in flight when its process was killed is sent again after this. */
    private static final Duration LEASE = Duration.ofSeconds(70);

    /** How long a provider that failed may be left alone after it has recovered. */
    private static final Duration BREAKER = Duration.ofSeconds(40);

    private static final Duration SLACK = Duration.ofSeconds(10);

    /**
     * How long after its acknowledgement, and after the end of the last fault, a message must have
     * notified.
     */
    public static final Duration WITHIN = LEASE.plus(BREAKER).plus(SLACK);

    /** All of a history, in the order of devices and messages. */
    static List<Owed> all(PushHistory history) {
        Set<Place> deleted = new HashSet<>();
        for (Revision revision : history.revisions()) {
            if (revision.deletes()) {
                deleted.add(new Place(revision.channel(), revision.seq()));
            }
        }
        long settling = (history.disturbances().isEmpty() ? PresenceHistory.CHANGING : Excuse.RECOVERING).toNanos();
        List<Owed> all = new ArrayList<>();
        for (PushDevice device : history.devices()) {
            if (device.doomed()) {
                continue;
            }
            List<OpenLink> links = history.linksOf(device.user());
            for (PushMessage message : history.messages()) {
                long deadline = Math.max(message.ackedAt(), history.healedAt()) + WITHIN.toNanos();
                if (isFor(device.user(), message, history)
                        && !deleted.contains(new Place(message.channel(), message.seq()))
                        && isOffline(links, message.invokedAt() - settling, Math.min(deadline, history.settledAt()))) {
                    all.add(new Owed(device, message, deadline));
                }
            }
        }
        return all;
    }

    /** Those that no provider has accepted in time. */
    public static List<Owed> missing(PushHistory history) {
        return all(history).stream()
                .filter(owed -> history.calls().stream().noneMatch(owed::isFulfilledBy))
                .toList();
    }

    private record Place(ChannelName channel, long seq) {}

    private static boolean isFor(UserId user, PushMessage message, PushHistory history) {
        return message.invokedAt() >= history.startedAt()
                && !message.from().equals(user)
                && history.members().getOrDefault(message.channel(), List.of()).contains(user)
                && history.readings().stream().noneMatch(reading -> covers(reading, user, message));
    }

    private static boolean covers(Reading reading, UserId user, PushMessage message) {
        return reading.seq() >= message.seq()
                && reading.user().equals(user)
                && reading.channel().equals(message.channel());
    }

    private static boolean isOffline(List<OpenLink> links, long from, long until) {
        return links.stream().noneMatch(link -> link.touches(from, until));
    }

    /** A later message of the channel counts this one. */
    private boolean isFulfilledBy(PushCall call) {
        return call.alert()
                && call.accepted()
                && call.seq() >= message.seq()
                && call.at() >= message.invokedAt()
                && call.at() <= deadline
                && call.device().equals(device.name())
                && call.channel().equals(message.channel());
    }
}
