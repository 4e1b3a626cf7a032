package dev.dunlin.message.cassandra;

import dev.dunlin.message.history.Reactors;
import dev.dunlin.protocol.frame.ServerFrame.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads messages of one channel as they are now, with their reactions. Blocks. */
record MessageReader(Tables tables, ChannelRow channel) {
    /** At most {@code limit} after a seq, oldest first. */
    List<Message> after(long seq, int limit) {
        List<MessageTable.Stored> found = new ArrayList<>();
        Buckets buckets = tables.buckets();
        long last = buckets.of(channel.head());
        boolean far = buckets.of(Math.max(seq, 0) + 1) < last;
        long from = Math.max(seq + 1, far ? tables.retained().find(channel).ids() : 1);
        for (long bucket = buckets.of(from); bucket <= last && found.size() < limit; bucket++) {
            found.addAll(after(bucket, seq, channel.head(), limit - found.size()));
        }
        return messages(found);
    }

    /** At most {@code limit} before a seq, the newest of them, oldest first. */
    List<Message> before(long seq, int limit) {
        List<MessageTable.Stored> found = new ArrayList<>();
        Buckets buckets = tables.buckets();
        long newestSeq = Math.min(seq - 1, channel.head());
        long first = newestSeq < 1 ? 0 : buckets.of(newestSeq);
        long last = first == 0 ? 0 : buckets.of(tables.retained().find(channel).ids());
        for (long bucket = first; newestSeq >= 1 && bucket >= last && found.size() < limit; bucket--) {
            int left = limit - found.size();
            found.addAll(newest(tables.messages().upTo(channel, bucket, newestSeq, left), left));
        }
        return messages(found.reversed());
    }

    Optional<Message> newest() {
        return before(Long.MAX_VALUE, 1).stream().findFirst();
    }

    /** Those of the seqs that are messages, oldest first. */
    List<Message> of(List<Long> seqs) {
        return messages(seqs.stream()
                .flatMap(seq -> after(tables.buckets().of(seq), seq - 1, seq, 1).stream()
                        .filter(message -> message.seq() == seq))
                .toList());
    }

    private List<MessageTable.Stored> after(long bucket, long seq, long last, int limit) {
        return newest(tables.messages().after(channel, bucket, seq, last, limit), limit);
    }

    private List<MessageTable.Stored> newest(List<MessageTable.Stored> states, int limit) {
        List<MessageTable.Stored> messages = new Newest(tables, channel).of(states, MessageTable.Stored::seq);
        return messages.size() > limit ? messages.subList(0, limit) : messages;
    }

    private List<Message> messages(List<MessageTable.Stored> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        Map<Long, Reactors> reactions =
                reactions(found.getFirst().seq(), found.getLast().seq());
        return found.stream()
                .map(message -> message.message(channel.state().name(), reactions.get(message.seq())))
                .toList();
    }

    /** By message, in the order in which they were added. */
    private Map<Long, Reactors> reactions(long first, long last) {
        List<ReactionTable.Stored> states = new ArrayList<>();
        Buckets buckets = tables.buckets();
        for (long bucket = buckets.of(first); bucket <= buckets.of(last); bucket++) {
            states.addAll(tables.reactions().inRange(new BucketRange(channel, bucket, first, last)));
        }
        Map<Long, Reactors> byMessage = new HashMap<>();
        new Newest(tables, channel)
                .present(states, ReactionTable.Stored::key).stream()
                        .sorted(Comparator.comparingLong(ReactionTable.Stored::seq))
                        .map(ReactionTable.Stored::key)
                        .forEach(reaction -> byMessage
                                .computeIfAbsent(reaction.target(), none -> new Reactors())
                                .add(reaction.emoji(), reaction.user()));
        return byMessage;
    }
}
