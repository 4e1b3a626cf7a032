package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.Life;
import dev.dunlin.protocol.ChannelName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads things of channels whose rows were read before. Nothing is looked for in a channel that has
 * no row or is purged: what a crash left of it does not count. For one batch, on one thread.
 */
record ChannelReads(Map<ChannelName, ChannelRow> channels) {
    /** Starts one read for each key, all at once. */
    <K, T> Map<K, Pending<T>> start(
            Collection<K> keys, Function<K, ChannelName> channelOf, BiFunction<ChannelRow, K, Pending<T>> read) {
        Map<K, Pending<T>> reads = new HashMap<>();
        for (K key : keys) {
            find(channelOf.apply(key))
                    .filter(channel -> channel.state().life() != Life.PURGED)
                    .ifPresent(channel -> reads.computeIfAbsent(key, one -> read.apply(channel, one)));
        }
        return reads;
    }

    /** What was found; blocks. */
    static <K, T, V> Map<K, V> finish(Map<K, Pending<T>> reads, Function<T, Optional<V>> value) {
        Pending.awaitAll(reads.values());
        Map<K, V> found = new HashMap<>();
        reads.forEach((key, read) -> read.first().flatMap(value).ifPresent(one -> found.put(key, one)));
        return found;
    }

    Optional<ChannelRow> find(ChannelName name) {
        return Optional.ofNullable(channels.get(name));
    }
}
