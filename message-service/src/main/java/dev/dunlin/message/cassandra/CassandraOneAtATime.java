package dev.dunlin.message.cassandra;

import dev.dunlin.message.upkeep.OneAtATime;
import java.util.UUID;

/**
 * A lease in {@link LeaseTable}. It expires on its own, so work that takes long may overlap with
 * that of another process: that is safe.
 */
final class CassandraOneAtATime implements OneAtATime {
    private final LeaseTable leases;
    private final String holder = UUID.randomUUID().toString();

    CassandraOneAtATime(Tables tables) {
        this.leases = tables.leases();
    }

    @Override
    public boolean tryRun(Runnable work) {
        if (!leases.tryAcquire(holder)) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            leases.release(holder);
        }
    }
}
