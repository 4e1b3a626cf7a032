package dev.dunlin.push.decision;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.delivery.Notification;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.Pending.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns events of channels into pending notifications. A message notifies each member except its
 * sender, if the member is not online and has a device that is not silent. The notification waits
 * for {@code delay}; a read mark or a deletion in that time cancels it. Called by one thread at a
 * time, on virtual threads.
 */
public final class Decider {
    /** The most devices that one step decides on; a larger batch takes more steps. */
    private static final int MOST_A_STEP = 10_000;

    private final Channels channels;
    private final Devices devices;
    private final Presences presences;
    private final Pending pending;
    private final Clock clock;
    private final Duration delay;
    private final Duration maxAge;

    /**
     * A message older than {@code maxAge} notifies nobody: it is too old to be news, for example
     * after a long stop.
     */
    public Decider(
            Channels channels,
            Devices devices,
            Presences presences,
            Pending pending,
            Clock clock,
            Duration delay,
            Duration maxAge) {
        this.channels = channels;
        this.devices = devices;
        this.presences = presences;
        this.pending = pending;
        this.clock = clock;
        this.delay = delay;
        this.maxAge = maxAge;
    }

    /** Whether events of the channel can be skipped, as far as that is known without a call. */
    public boolean passesOver(ChannelName channel) {
        return channels.knownSilent(channel);
    }

    /**
     * Decides on a batch of events, in order. A repeated call notifies nobody twice. Throws
     * {@link Unreachable}.
     */
    public void decide(List<Heard> batch) {
        Instant now = clock.instant();
        Map<ChannelName, List<Device>> listening = new HashMap<>();
        Draft draft = new Draft();
        for (Heard heard : batch) {
            Epoch epoch = heard.event().epoch();
            switch (heard.event().event()) {
                case ServerFrame.Message message -> {
                    if (Duration.between(Instant.ofEpochMilli(message.ts()), now)
                                    .compareTo(maxAge)
                            < 0) {
                        notify(message, heard, listening, draft, now);
                    }
                }
                case ServerFrame.Read read ->
                    draft.cancel(new Cancellation.ReadUpTo(read.channel(), epoch, read.from(), read.seq()));
                case ServerFrame.Deleted deleted ->
                    draft.cancel(new Cancellation.Deleted(deleted.channel(), epoch, deleted.target()));
                case ServerFrame.MemberJoined joined -> forget(joined.channel(), listening);
                case ServerFrame.MemberLeft left -> forget(left.channel(), listening);
                case ServerFrame.Edited _,
                        ServerFrame.Reacted _,
                        ServerFrame.Received _,
                        ServerFrame.Signal _,
                        ServerFrame.Typing _,
                        ServerFrame.PresenceDiff _,
                        ServerFrame.Occupancy _ -> {}
            }
            if (draft.size() >= MOST_A_STEP) {
                apply(draft, now);
                draft = new Draft();
            }
        }
        apply(draft, now);
    }

    private void notify(
            ServerFrame.Message message,
            Heard heard,
            Map<ChannelName, List<Device>> listening,
            Draft draft,
            Instant now) {
        ChannelName channel = message.channel();
        List<Device> reached = listening.computeIfAbsent(channel, _ -> devices(channel, message.from()));
        for (Device device : reached) {
            if (!device.user().equals(message.from()) && !device.prefs().silent(channel, now)) {
                draft.add(device, notification(device.user(), message, heard));
            }
        }
    }

    private List<Device> devices(ChannelName channel, UserId sender) {
        return switch (channels.policy(channel, sender)) {
            case NOTIFIES -> devices.ofAll(channels.members(channel));
            case SILENT, GONE -> List.of();
        };
    }

    private static Notification notification(UserId user, ServerFrame.Message message, Heard heard) {
        return new Notification(
                user,
                message.channel(),
                heard.event().epoch(),
                message.seq(),
                message.id(),
                message.from(),
                message.ts(),
                message.data(),
                heard.trace());
    }

    private void forget(ChannelName channel, Map<ChannelName, List<Device>> listening) {
        channels.membersChanged(channel);
        listening.remove(channel);
    }

    private void apply(Draft draft, Instant now) {
        Set<UserId> users = draft.users();
        Set<UserId> absent = new HashSet<>();
        if (!users.isEmpty()) {
            Presences.Absent found = presences.absent(users);
            absent.addAll(found.offline());
            absent.addAll(found.unknown()); // looked at again when they are due
        }
        pending.apply(draft.cancellations(), draft.additionsFor(absent), now.plus(delay));
    }
}
