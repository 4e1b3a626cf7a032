package dev.dunlin.message.config;

import dev.dunlin.message.cassandra.CassandraStore;
import dev.dunlin.message.command.StoreFailure;
import dev.dunlin.message.store.MessageStore;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down while Cassandra is the store and is unreachable. PostgreSQL has a check of its own. */
@Readiness
@Singleton
final class CassandraReadiness implements HealthCheck {
    private static final String NAME = "Cassandra";

    private final MessageStore store;

    CassandraReadiness(MessageStore store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        if (!(store instanceof CassandraStore cassandra)) {
            return HealthCheckResponse.named(NAME)
                    .up()
                    .withData("chosen", false)
                    .build();
        }
        try {
            cassandra.ping();
            return HealthCheckResponse.up(NAME);
        } catch (StoreFailure e) {
            return HealthCheckResponse.named(NAME)
                    .down()
                    .withData("failure", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
