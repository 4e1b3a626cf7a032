package dev.dunlin.push.event;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.push.decision.Decision;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.member.Recipient;
import dev.dunlin.push.preference.Notify;
import dev.dunlin.push.presence.Standing;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.Pending.Addition;
import dev.dunlin.push.schedule.Pending.Changes;
import dev.dunlin.push.schedule.Pending.Deleted;
import dev.dunlin.push.schedule.Pending.Read;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what a step of the decider changes. Used by one thread. */
final class Step {
    private record Part(ChannelBatch batch, Notify policy, List<Recipient> recipients) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();
    private final List<Deleted> deleted = new ArrayList<>();
    private final Set<ChannelName> channels = new HashSet<>();
    private final Set<UserId> users = new HashSet<>();
    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
    private int size;

    /** Adds the events of a channel that notifies these. */
    void add(ChannelBatch batch, Notify policy, List<Recipient> recipients) {
        marks(batch);
        if (!batch.messages().isEmpty()) {
            parts.add(new Part(batch, policy, recipients));
            channels.add(batch.channel());
            recipients.forEach(recipient -> users.add(recipient.user()));
            size += recipients.size();
        }
    }

    /** Adds the marks of a channel without its messages. */
    void marks(ChannelBatch batch) {
        reads.addAll(batch.reads());
        deleted.addAll(batch.deleted());
        size += batch.reads().size() + batch.deleted().size();
    }

    /** Whether it adds to rows of the channel. */
    boolean holds(ChannelName channel) {
        return channels.contains(channel);
    }

    int size() {
        return size;
    }

    /** Whose presence decides. */
    Set<UserId> users() {
        return users;
    }

    /** How often each reason applied, once {@link #changes} is known. */
    Map<Reason, Long> counts() {
        return counts;
    }

    /** What is to be stored; {@code due} is when a notification is due that waits for nothing. */
    Changes changes(Decision decision, Map<UserId, Standing> standings, Instant now, Instant due) {
        List<Addition> additions = new ArrayList<>();
        List<Pending.Message> messages = new ArrayList<>();
        for (Part part : parts) {
            List<MessageVerdicts> verdicts =
                    part.batch().messages().stream().map(MessageVerdicts::new).toList();
            for (Recipient recipient : part.recipients()) {
                Standing standing = standings.getOrDefault(recipient.user(), Standing.UNKNOWN);
                new Judge(decision, part.batch(), part.policy(), recipient, standing, now, due)
                        .judge(verdicts, additions);
            }
            verdicts.forEach(one -> {
                messages.add(one.message(part.batch(), part.recipients().size()));
                one.count(counts);
            });
        }
        return new Changes(messages, reads, deleted, additions);
    }

    /** Whether a message mentions the user. */
    static boolean mentions(ServerFrame.Message message, UserId user) {
        return message.mentions() != null && message.mentions().contains(user);
    }
}
