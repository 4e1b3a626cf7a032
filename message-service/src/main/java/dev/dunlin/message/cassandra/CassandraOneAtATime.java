package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.upkeep.OneAtATime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A lease by a lightweight transaction, every few seconds and not for messages. It runs out by itself, so a long work may meet another: that is safe. */
final class CassandraOneAtATime implements OneAtATime {
    private static final String TAKE =
            "insert into $.lease (name, holder) values ('upkeep', ?) if not exists using ttl 60";
    private static final String GIVE = "delete from $.lease where name = 'upkeep' if holder = ?";

    private final Cql cql;
    private final String holder = UUID.randomUUID().toString();

    CassandraOneAtATime(Cql cql) {
        this.cql = cql;
    }

    @Override
    public boolean tryRun(Runnable work) {
        Optional<Row> taken = cql.first(cql.bind(TAKE, holder));
        // The driver may have sent it twice: then the first one stands.
        if (taken.isPresent()
                && !taken.get().getBoolean("[applied]")
                && !holder.equals(taken.get().getString("holder"))) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            Cql.await(cql.write(List.of(cql.bind(GIVE, holder))));
        }
    }
}
