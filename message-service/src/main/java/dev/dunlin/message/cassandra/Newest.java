package dev.dunlin.message.cassandra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Selects the current state of a thing: the newest one that the channel's row covers. If only newer
 * ones are left, the reader was overtaken, since replaced states are removed: it reads the
 * channel's row again. States beyond that row too were left by a crash and are not shown.
 */
record Newest(Tables tables, ChannelRow channel) {
    /**
     * One state for each key that has one, in the order in which the keys were found. Perhaps
     * blocks.
     */
    <T extends Versioned, K> List<T> of(List<T> states, Function<T, K> key) {
        Map<K, Optional<T>> found = select(states, key, channel.version());
        if (found.values().stream().anyMatch(Optional::isEmpty)) {
            Optional<ChannelRow> now = tables.channels().find(channel.state().name());
            if (now.isPresent() && now.get().epoch().equals(channel.epoch())) {
                found = select(states, key, now.get().version());
            }
        }
        return found.values().stream().flatMap(Optional::stream).toList();
    }

    /** As {@link #of}, without those that are gone. */
    <T extends Versioned, K> List<T> present(List<T> states, Function<T, K> key) {
        return of(states, key).stream().filter(state -> !state.gone()).toList();
    }

    private static <T extends Versioned, K> Map<K, Optional<T>> select(
            List<T> states, Function<T, K> key, long covered) {
        Map<K, Optional<T>> found = new LinkedHashMap<>();
        for (T state : states) {
            Optional<T> candidate = Optional.of(state).filter(one -> one.version() <= covered);
            found.merge(key.apply(state), candidate, Newest::newer);
        }
        return found;
    }

    private static <T extends Versioned> Optional<T> newer(Optional<T> best, Optional<T> next) {
        return best.isEmpty()
                        || (next.isPresent()
                                && next.get().version() > best.get().version())
                ? next
                : best;
    }
}
