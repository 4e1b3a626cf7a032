package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A read that was sent and whose rows are read by the thread that waits for it. Thread-safe.
 *
 * @param <T> what a row is read as
 */
record Pending<T>(CompletableFuture<List<Row>> rows, Function<Row, T> read) {
    /** A read that finds nothing. */
    static <T> Pending<T> empty() {
        return new Pending<>(CompletableFuture.completedFuture(List.of()), row -> {
            throw new IllegalStateException("no rows were asked for");
        });
    }

    /** Waits; throws what {@link Failures} makes of a failure. */
    List<T> all() {
        return Cql.await(rows).stream().map(read).toList();
    }

    /** The first row; waits as {@link #all} does. */
    Optional<T> first() {
        return Cql.await(rows).stream().findFirst().map(read);
    }

    /** Waits for all, also when one fails: nothing is in flight any more afterwards. */
    static void awaitAll(Collection<? extends Pending<?>> reads) {
        Cql.awaitAll(reads.stream().map(Pending::rows).toList());
    }
}
