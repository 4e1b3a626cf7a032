package dev.dunlin.message.cassandra;

import dev.dunlin.message.channel.ChannelDirectory.Standing;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds when a user was last active in each of its channels: the time of its newest own event, or
 * of the event at its read mark if it moved that mark after it joined. Times do not fall along a
 * channel, so the higher seq is the later one. It reads one list of the user's, and up to two rows
 * of each channel, of all channels at once.
 */
record OwnActivity(Tables tables, UserId user) {
    /** In milliseconds since 1970; a channel in which the user did nothing is left out. Blocks. */
    Map<ChannelName, Long> in(Map<ChannelRow, StandingReader> channels) {
        Map<List<String>, Long> buckets = new HashMap<>();
        tables.authoredIn()
                .from(user, "")
                .forEach(stored ->
                        buckets.merge(List.of(stored.channel().value(), stored.epoch()), stored.bucket(), Math::max));
        Map<ChannelRow, Supplier<Long>> seqs = new HashMap<>();
        channels.forEach((channel, standing) -> seqs.put(
                channel, startNewest(channel, standing, buckets.get(List.of(channel.name(), channel.epoch())))));
        Map<ChannelName, Pending<Long>> times = new HashMap<>();
        seqs.forEach((channel, request) -> {
            long seq = request.get();
            if (seq > 0) {
                times.put(channel.state().name(), tables.events().startTime(channel, seq));
            }
        });
        return ChannelReads.finish(times, Optional::of);
    }

    /** The seq of what the user did last, 0 if it did nothing. The read starts now. */
    private Supplier<Long> startNewest(ChannelRow channel, StandingReader standing, @Nullable Long bucket) {
        Pending<Long> own = bucket == null ? Pending.empty() : tables.authored().startNewest(channel, user, bucket);
        return () -> {
            Standing now = standing.await();
            long seen = now.read() > now.joined() ? now.read() : 0;
            return Math.max(seen, own.first().orElse(0L));
        };
    }
}
