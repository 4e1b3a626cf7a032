package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.dunlin.message.command.StoreFailure;
import dev.dunlin.protocol.Epoch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements: as many at a time as {@code inFlight} allows, whoever asks waits for a place, and after the request time-out it is a {@link StoreFailure}. Thread-safe;
 * blocks. In statements {@code $} stands for the keyspace.
 */
final class Cql {
    private final Connection connection;
    private final CassandraOptions options;
    private final Semaphore places;
    /** Bounded by the statements that stand in this package. */
    private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

    Cql(Connection connection, CassandraOptions options) {
        this.connection = connection;
        this.options = options;
        this.places = new Semaphore(options.inFlight());
    }

    Buckets buckets() {
        return connection.require().buckets();
    }

    /** The epoch of the first numbering of a channel. */
    Epoch first() {
        return connection.require().first();
    }

    /** Requests that are under way. */
    int inFlight() {
        return options.inFlight() - places.availablePermits();
    }

    /** A statement with its values; a null is left unset, which for a row that is written for the first time is the same and costs no tombstone. */
    BoundStatement bind(String cql, @Nullable Object... values) {
        PreparedStatement statement = prepared.get(cql);
        if (statement == null) {
            statement = prepare(cql);
            prepared.put(cql, statement);
        }
        BoundStatementBuilder bound = statement.boundStatementBuilder();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                bound = bound.set(i, value, bound.codecRegistry().codecFor(bound.getType(i), value));
            }
        }
        return bound.build();
    }

    /** Starts a read of at most one page. */
    CompletableFuture<List<Row>> rows(BoundStatement statement) {
        return run(statement).thenApply(result -> {
            List<Row> rows = new ArrayList<>();
            result.currentPage().forEach(rows::add);
            return rows;
        });
    }

    /** Reads all rows, page by page, until {@code enough} says so of one. */
    List<Row> read(BoundStatement statement, int pageSize, Predicate<Row> enough) {
        List<Row> rows = new ArrayList<>();
        AsyncResultSet page = await(run(statement.setPageSize(pageSize)));
        while (true) {
            for (Row row : page.currentPage()) {
                rows.add(row);
                if (enough.test(row)) {
                    return rows;
                }
            }
            if (!page.hasMorePages()) {
                return rows;
            }
            AsyncResultSet current = page;
            page = await(limited(() -> current.fetchNextPage().toCompletableFuture()));
        }
    }

    /** Reads the first row. */
    Optional<Row> first(BoundStatement statement) {
        return await(rows(statement)).stream().findFirst();
    }

    /** Starts a write. */
    CompletableFuture<?> write(List<BoundStatement> samePartition) {
        return samePartition.size() == 1
                ? run(samePartition.getFirst())
                : run(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, List.copyOf(samePartition)));
    }

    /** The result. Throws what {@link Failures} makes of a failure. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }

    /** Waits for all, also when one fails: nothing is under way any more afterwards. */
    static void awaitAll(Collection<? extends CompletableFuture<?>> futures) {
        await(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)));
    }

    private CompletableFuture<AsyncResultSet> run(Statement<?> statement) {
        CqlSession session = connection.require().session();
        return limited(() -> session.executeAsync(statement).toCompletableFuture());
    }

    private CompletableFuture<AsyncResultSet> limited(Supplier<CompletableFuture<AsyncResultSet>> request) {
        try {
            if (!places.tryAcquire(options.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreFailure(
                        "Cassandra: no request could be sent in time", new IllegalStateException("full"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure("interrupted while waiting for Cassandra", e);
        }
        try {
            return request.get().whenComplete((result, failure) -> places.release());
        } catch (RuntimeException e) {
            places.release();
            throw Failures.of(e);
        }
    }

    private PreparedStatement prepare(String cql) {
        try {
            return connection.require().session().prepare(cql.replace("$", options.keyspace()));
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }
}
