package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Writes that may be applied in any order. Those of one partition are sent together: to Cassandra
 * that is one write, and no batch over several nodes. Used by one thread, and sent once.
 */
final class Writes {
    private static final int MAX_STATEMENTS = 100;
    private static final int MAX_BYTES = 64 * 1024;

    private final Cql cql;
    private final Map<Partition, Chunk> open = new LinkedHashMap<>();
    private final List<List<BoundStatement>> full = new ArrayList<>();

    Writes(Cql cql) {
        this.cql = cql;
    }

    private static final class Chunk {
        private final List<BoundStatement> statements = new ArrayList<>();
        private int bytes;
    }

    void add(Write write) {
        Chunk chunk = open.computeIfAbsent(write.partition(), none -> new Chunk());
        if (!chunk.statements.isEmpty()
                && (chunk.statements.size() == MAX_STATEMENTS || chunk.bytes + write.bytes() > MAX_BYTES)) {
            full.add(chunk.statements);
            chunk = new Chunk();
            open.put(write.partition(), chunk);
        }
        chunk.statements.add(write.statement());
        chunk.bytes += write.bytes();
    }

    /** Blocks until all are done, or one has failed and the others are done. */
    void run() {
        open.values().forEach(chunk -> full.add(chunk.statements));
        List<CompletableFuture<?>> writes = new ArrayList<>();
        try {
            full.forEach(statements -> writes.add(cql.write(statements)));
        } finally {
            // Also if one could not be sent: what is in flight ends before the caller continues.
            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
                    .exceptionally(failure -> null)
                    .join();
        }
        Cql.awaitAll(writes);
    }
}
