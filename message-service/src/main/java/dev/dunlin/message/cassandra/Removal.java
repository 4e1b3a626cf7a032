package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes events of a channel with what belongs to the messages among them. The deletes carry a
 * timestamp above that of the channel's row. What was written so far loses against them, even if it
 * is written again late, and what is written later does not. For one round, on one thread.
 */
record Removal(Tables tables, ChannelRow channel) {
    /**
     * Removes the events {@code first} to {@code last}. Messages that happened at
     * {@code idsBeforeMs} or later keep their ids; the others are removed whole. Blocks.
     */
    void remove(long first, long last, long idsBeforeMs) {
        Buckets buckets = tables.buckets();
        for (long bucket = buckets.of(first); bucket <= buckets.of(last); bucket++) {
            BucketRange range = new BucketRange(channel, bucket, first, last);
            Writes writes = tables.writes();
            removeAuthors(writes, range);
            removeReactions(writes, range);
            removeMessages(writes, range, idsBeforeMs);
            writes.add(tables.events().remove(range));
            writes.add(tables.edits().remove(range));
            writes.add(tables.reactions().remove(range));
            writes.run();
        }
    }

    /**
     * Removes what is left of messages that happened before {@code idsBeforeMs}, from seq
     * {@code from} up to before {@code end}, {@code limit} of a bucket at most; returns where to
     * continue. Blocks.
     */
    long forgetIds(long from, long end, long idsBeforeMs, int limit) {
        Buckets buckets = tables.buckets();
        long next = from;
        for (long bucket = buckets.of(from); bucket <= buckets.of(end - 1) && next < end; bucket++) {
            BucketRange range = new BucketRange(channel, bucket, next, end - 1);
            Writes writes = tables.writes();
            List<MessageTable.Stored> messages = tables.messages().oldest(range, idsBeforeMs, limit);
            for (MessageTable.Stored message : messages) {
                if (message.ts() >= idsBeforeMs) {
                    writes.run();
                    return message.seq();
                }
                removeWhole(writes, range, message);
                next = message.seq() + 1;
            }
            writes.run();
            if (messages.size() >= limit) {
                return next;
            }
            next = Math.min(end, (bucket + 1) * buckets.size());
        }
        return next;
    }

    private void removeAuthors(Writes writes, BucketRange range) {
        boolean whole = range.last() >= (range.bucket() + 1) * tables.buckets().size() - 1;
        for (UserId author : tables.events().authors(range)) {
            writes.add(tables.authored().remove(range, author));
            if (whole) {
                writes.add(tables.authoredIn().remove(range, author));
            }
        }
    }

    private void removeReactions(Writes writes, BucketRange range) {
        Set<UserId> users = new HashSet<>();
        tables.reactions()
                .inRange(range)
                .forEach(reaction -> users.add(reaction.key().user()));
        users.forEach(user -> writes.add(tables.reactionsOf().remove(range, user)));
    }

    private void removeMessages(Writes writes, BucketRange range, long idsBeforeMs) {
        Set<UserId> mentioned = new HashSet<>();
        for (MessageTable.Stored message : tables.messages().inRange(range)) {
            List<UserId> mentions = message.mentions();
            if (mentions != null) {
                mentioned.addAll(mentions);
            }
            if (message.ts() < idsBeforeMs) {
                removeWhole(writes, range, message);
            } else {
                writes.add(tables.messages().removeData(range, message));
            }
        }
        mentioned.forEach(user -> writes.add(tables.mentions().remove(range, user)));
    }

    private void removeWhole(Writes writes, BucketRange range, MessageTable.Stored message) {
        writes.add(tables.messages().remove(range, message.seq()));
        writes.add(tables.clientIds().remove(range, message));
    }
}
