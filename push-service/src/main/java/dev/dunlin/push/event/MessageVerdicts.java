package dev.dunlin.push.event;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.schedule.Pending;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was decided of one message, by user. Only those are recorded whose verdict is not the usual
 * one, and at most {@value #MOST_RECORDED}. Used by one thread.
 */
final class MessageVerdicts {
    /** In a large group a message must not cost a row of megabytes. */
    private static final int MOST_RECORDED = 1_000;

    private final Heard heard;
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    /** By reason; of more than are recorded it does not matter who they are. */
    private final Map<Reason, List<UserId>> users = new EnumMap<>(Reason.class);

    MessageVerdicts(Heard heard) {
        this.heard = heard;
    }

    void add(UserId user, Reason reason) {
        if (counts.merge(reason, 1, Integer::sum) <= MOST_RECORDED) {
            users.computeIfAbsent(reason, _ -> new ArrayList<>()).add(user);
        }
    }

    void count(Map<Reason, Long> into) {
        counts.forEach((reason, count) -> into.merge(reason, (long) count, Long::sum));
    }

    /** As it is stored. */
    Pending.Message message(ChannelBatch batch, int recipients) {
        Reason usual = Reason.NO_DEVICE;
        int most = 0;
        for (Map.Entry<Reason, Integer> one : counts.entrySet()) {
            if (one.getValue() > most) {
                usual = one.getKey();
                most = one.getValue();
            }
        }
        Map<UserId, Reason> others = new HashMap<>();
        if (recipients - most <= MOST_RECORDED) {
            for (Map.Entry<Reason, List<UserId>> one : users.entrySet()) {
                if (one.getKey() != usual) {
                    one.getValue().forEach(user -> others.put(user, one.getKey()));
                }
            }
        } else {
            usual = Reason.NOT_RECORDED;
        }
        ServerFrame.Message message = ChannelBatch.message(heard);
        return new Pending.Message(
                new Pending.Message.Key(batch.channel(), batch.epoch(), message.seq()),
                message.id(),
                message.from(),
                message.ts(),
                heard.trace(),
                usual,
                others);
    }
}
