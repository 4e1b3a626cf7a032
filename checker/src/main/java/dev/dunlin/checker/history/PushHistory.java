package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;
import java.util.Map;

/**
 * Everything that the verdict on notifications is based on. Times are monotonic, in nanoseconds
 * since the start of the check.
 *
 * @param members who is in each channel, from before the first message to the end
 * @param links the links of all users; of those without any there are none
 * @param disturbances what the nemesis did, and the healing
 * @param startedAt when presence showed all users who were online, and all devices were registered
 * @param healedAt when the last fault was over; 0 if there was none
 * @param settledAt when the history ends
 */
public record PushHistory(
        Map<ChannelName, List<UserId>> members,
        List<PushDevice> devices,
        List<PushMessage> messages,
        List<Revision> revisions,
        List<Reading> readings,
        List<PushCall> calls,
        List<OpenLink> links,
        List<Disturbance> disturbances,
        long startedAt,
        long healedAt,
        long settledAt) {
    /** The history of a check without notifications. */
    public static final PushHistory NONE = new PushHistory(
            Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0, 0, 0);

    public PushHistory {
        members = Map.copyOf(members);
        devices = List.copyOf(devices);
        messages = List.copyOf(messages);
        revisions = List.copyOf(revisions);
        readings = List.copyOf(readings);
        calls = List.copyOf(calls);
        links = List.copyOf(links);
        disturbances = List.copyOf(disturbances);
    }

    /** The links of a user. */
    public List<OpenLink> linksOf(UserId user) {
        return links.stream().filter(link -> link.user().equals(user)).toList();
    }

    /** Whether a fault of the suite, and not of the provider, touched that time. */
    public boolean isDisturbed(long begin, long end) {
        return disturbances.stream()
                .anyMatch(one -> one.part() != Disturbance.Part.PROVIDER && one.touches(begin, end));
    }
}
