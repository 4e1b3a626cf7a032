package dev.dunlin.message.cassandra;

import dev.dunlin.message.command.StoreFailure;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Does for many keys what waits for Cassandra several times: {@link #AT_ONCE} of them at once, each
 * on a virtual thread. {@link Cql} bounds their requests in flight together with all others.
 */
final class Together {
    /** While some wait, the others keep the requests in flight. */
    static final int AT_ONCE = 8;

    private Together() {}

    /**
     * The value of each key. Blocks. After a failure no further work starts; throws that failure
     * when the work that was started has ended.
     */
    static <K, V> Map<K, V> map(Collection<K> keys, Function<K, V> work) {
        Map<K, Future<V>> started = new LinkedHashMap<>();
        Map<K, V> values = new HashMap<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            keys.forEach(key -> started.computeIfAbsent(key, one -> threads.submit(() -> work.apply(one))));
            try {
                for (Map.Entry<K, Future<V>> one : started.entrySet()) {
                    values.put(one.getKey(), one.getValue().get());
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new StoreFailure("interrupted while waiting for Cassandra", e);
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw Failures.of(e);
            }
        }
        return values;
    }
}
