package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Writes in any order. Those to one partition go together: to Cassandra that is one write, and no batch over nodes. One thread, run once. */
final class Writes {
    private static final int MOST_STATEMENTS = 100;
    private static final int MOST_BYTES = 64 * 1024;

    private final Cql cql;
    private final Map<List<?>, Chunk> open = new LinkedHashMap<>();
    private final List<List<BoundStatement>> full = new ArrayList<>();

    Writes(Cql cql) {
        this.cql = cql;
    }

    private static final class Chunk {
        private final List<BoundStatement> statements = new ArrayList<>();
        private int bytes;
    }

    /** Adds a write with so many bytes of content; {@code partition} is equal for what has the same values of the partition key, whichever table it is in. */
    void add(List<?> partition, BoundStatement statement, int bytes) {
        Chunk chunk = open.computeIfAbsent(partition, none -> new Chunk());
        if (!chunk.statements.isEmpty()
                && (chunk.statements.size() == MOST_STATEMENTS || chunk.bytes + bytes > MOST_BYTES)) {
            full.add(chunk.statements);
            chunk = new Chunk();
            open.put(partition, chunk);
        }
        chunk.statements.add(statement);
        chunk.bytes += bytes;
    }

    /** Blocks until all are done, or one has failed and the others are done. */
    void run() {
        open.values().forEach(chunk -> full.add(chunk.statements));
        List<CompletableFuture<?>> writes = new ArrayList<>();
        try {
            full.forEach(statements -> writes.add(cql.write(statements)));
        } finally {
            // Also if one could not be sent: what is under way ends before the caller goes on.
            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
                    .exceptionally(failure -> null)
                    .join();
        }
        Cql.awaitAll(writes);
    }
}
