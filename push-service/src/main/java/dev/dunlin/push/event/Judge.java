package dev.dunlin.push.event;

import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.push.decision.Decision;
import dev.dunlin.push.decision.Facts;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.decision.Verdict;
import dev.dunlin.push.member.Recipient;
import dev.dunlin.push.member.Recipient.Reached;
import dev.dunlin.push.preference.Notify;
import dev.dunlin.push.presence.Standing;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.Pending.Addition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the messages of a batch for one recipient. Of a user in a channel, a verdict depends
 * on whether a message mentions it, and on nothing else of the message: so there are two for each
 * device, however many messages there are.
 */
record Judge(
        Decision decision,
        ChannelBatch batch,
        Notify policy,
        Recipient recipient,
        Standing standing,
        Instant now,
        Instant due) {
    /** The two verdicts of a device. */
    private record Verdicts(Verdict plain, Verdict mentioned) {
        Verdict of(boolean mentions) {
            return mentions ? mentioned : plain;
        }
    }

    /** Records the verdict of each message, and adds what each device is to show. */
    void judge(List<MessageVerdicts> verdicts, List<Addition> additions) {
        long read = batch.readBy(recipient.user());
        @Nullable Reason[] reasons = new Reason[verdicts.size()];
        for (Reached device : recipient.devices()) {
            Verdicts ofDevice = new Verdicts(verdict(device, false), verdict(device, true));
            judge(device, ofDevice, read, reasons, additions);
        }
        for (int i = 0; i < reasons.length; i++) {
            Reason reason = reasons[i];
            verdicts.get(i).add(recipient.user(), reason == null ? Reason.NO_DEVICE : reason);
        }
    }

    private void judge(
            Reached device, Verdicts verdicts, long read, @Nullable Reason[] reasons, List<Addition> additions) {
        Deque<Long> seqs = new ArrayDeque<>(Pending.KEPT);
        int count = 0;
        boolean mentioned = false;
        Instant first = Instant.MAX;
        for (int i = 0; i < reasons.length; i++) {
            ServerFrame.Message message = ChannelBatch.message(batch.messages().get(i));
            boolean mentions = Step.mentions(message, recipient.user());
            Verdict verdict = verdict(message, verdicts.of(mentions), read);
            if (!(verdict instanceof Verdict.Drop)) {
                Instant at = verdict instanceof Verdict.Wait wait ? wait.until() : due;
                first = at.isBefore(first) ? at : first;
                if (seqs.size() == Pending.KEPT) {
                    seqs.removeFirst();
                }
                seqs.addLast(message.seq());
                count++;
                mentioned |= mentions;
            }
            Reason before = reasons[i];
            if (before == null || (before != Reason.NOTIFY && !(verdict instanceof Verdict.Drop))) {
                reasons[i] = verdict.reason();
            }
        }
        if (!seqs.isEmpty()) {
            additions.add(new Addition(
                    device.id(),
                    recipient.user(),
                    batch.channel(),
                    batch.epoch(),
                    device.origin(),
                    List.copyOf(seqs),
                    count,
                    mentioned,
                    first));
        }
    }

    private Verdict verdict(ServerFrame.Message message, Verdict usual, long read) {
        if (message.from().equals(recipient.user())) {
            return new Verdict.Drop(Reason.OWN);
        }
        if (message.seq() <= read) {
            return new Verdict.Drop(Reason.READ);
        }
        return batch.isDeleted(message.seq()) ? new Verdict.Drop(Reason.DELETED) : usual;
    }

    private Verdict verdict(Reached device, boolean mentioned) {
        return decision.decide(
                new Facts(
                        recipient.user(),
                        null,
                        batch.channel(),
                        mentioned,
                        policy,
                        recipient.preferences(),
                        device.prefs(),
                        standing,
                        null),
                now);
    }
}
