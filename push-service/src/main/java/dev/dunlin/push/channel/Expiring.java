package dev.dunlin.push.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * A map whose entries expire, with a maximum size. When it is full, the oldest entry is removed.
 * Thread-safe.
 */
final class Expiring<K, V> {
    private record Kept<V>(V value, Instant until) {}

    private final LinkedHashMap<K, Kept<V>> kept = new LinkedHashMap<>();
    private final int most;
    private final Duration life;
    private final Clock clock;

    Expiring(int most, Duration life, Clock clock) {
        this.most = most;
        this.life = life;
        this.clock = clock;
    }

    synchronized Optional<V> find(K key) {
        Kept<V> found = kept.get(key);
        return found == null || !clock.instant().isBefore(found.until())
                ? Optional.empty()
                : Optional.of(found.value());
    }

    synchronized void put(K key, V value) {
        kept.remove(key);
        if (kept.size() >= most) {
            kept.pollFirstEntry();
        }
        kept.put(key, new Kept<>(value, clock.instant().plus(life)));
    }

    synchronized void remove(K key) {
        kept.remove(key);
    }

    synchronized int size() {
        return kept.size();
    }
}
