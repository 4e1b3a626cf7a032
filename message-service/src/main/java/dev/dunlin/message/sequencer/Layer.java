package dev.dunlin.message.sequencer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What was loaded, and over it what a batch changed. One thread. */
public final class Layer<K, V> {
    private final Map<K, V> loaded;
    private final Map<K, Optional<V>> changed = new LinkedHashMap<>();

    public Layer(Map<K, V> loaded) {
        this.loaded = loaded;
    }

    Optional<V> find(K key) {
        Optional<V> change = changed.get(key);
        return change == null ? Optional.ofNullable(loaded.get(key)) : change;
    }

    /** Whether any current value, loaded or changed, meets the condition. */
    boolean anyMatch(BiPredicate<K, V> condition) {
        return changed.entrySet().stream()
                        .anyMatch(change -> change.getValue()
                                .filter(value -> condition.test(change.getKey(), value))
                                .isPresent())
                || loaded.entrySet().stream()
                        .anyMatch(entry -> !changed.containsKey(entry.getKey())
                                && condition.test(entry.getKey(), entry.getValue()));
    }

    /** How many keys that match {@code which} have a value now. */
    long count(Predicate<K> which) {
        return Stream.concat(loaded.keySet().stream(), changed.keySet().stream())
                .filter(which)
                .distinct()
                .filter(key -> find(key).isPresent())
                .count();
    }

    void put(K key, V value) {
        changed.put(key, Optional.of(value));
    }

    void remove(K key) {
        changed.put(key, Optional.empty());
    }

    Map<K, V> loaded() {
        return loaded;
    }

    /**
     * Adds what the next batch found and changed. Where an earlier batch changed the same key, what
     * that one found stays.
     */
    void add(Layer<K, V> next) {
        next.changed.forEach((key, change) -> {
            if (!changed.containsKey(key)) {
                next.before(key).ifPresent(before -> loaded.put(key, before));
            }
            changed.put(key, change);
        });
    }

    /** As it was before the batch. */
    public Optional<V> before(K key) {
        return Optional.ofNullable(loaded.get(key));
    }

    /**
     * The last state of what changed; empty for what was removed. In the order of the first change.
     */
    public Map<K, Optional<V>> changes() {
        return changed;
    }
}
