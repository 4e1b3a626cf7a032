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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements, at most {@code inFlight} at a time. A caller waits for a free place and gets a
 * {@link StoreFailure} after the request time-out. Thread-safe; blocks. In statements {@code $}
 * stands for the keyspace.
 */
final class Cql {
    /** Rows of one page of the driver. */
    static final int PAGE_ROWS = 500;

    private final Connection connection;
    private final CassandraOptions options;
    private final Semaphore places;
    /** Bounded by the number of statements in this package. */
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

    /** Requests that are in flight. */
    int inFlight() {
        return options.inFlight() - places.availablePermits();
    }

    /**
     * A statement with its values. A null is left unset: in a row that is written for the first
     * time the effect is the same, and it costs no tombstone.
     */
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
    <T> Pending<T> start(BoundStatement statement, Function<Row, T> read) {
        return new Pending<>(startRows(statement), read);
    }

    private CompletableFuture<List<Row>> startRows(BoundStatement statement) {
        return run(statement).thenApply(result -> {
            List<Row> rows = new ArrayList<>();
            result.currentPage().forEach(rows::add);
            return rows;
        });
    }

    /** Reads all rows, page by page. */
    <T> List<T> read(BoundStatement statement, Function<Row, T> read) {
        return read(statement, PAGE_ROWS, read, row -> false);
    }

    /** Reads rows, page by page, up to the first one that {@code last} accepts. */
    <T> List<T> read(BoundStatement statement, int pageSize, Function<Row, T> read, Predicate<T> last) {
        List<T> rows = new ArrayList<>();
        AsyncResultSet page = await(run(statement.setPageSize(pageSize)));
        while (true) {
            for (Row row : page.currentPage()) {
                T one = read.apply(row);
                rows.add(one);
                if (last.test(one)) {
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

    /** Ends a read after some rows. For one read. */
    static <T> Predicate<T> atMost(int rows) {
        int[] seen = {0};
        return row -> ++seen[0] >= rows;
    }

    /** Reads the first row. */
    Optional<Row> first(BoundStatement statement) {
        return await(startRows(statement)).stream().findFirst();
    }

    /** Writes and waits. */
    void execute(BoundStatement statement) {
        await(run(statement));
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

    /** Waits for all, also when one fails: nothing is in flight any more afterwards. */
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
