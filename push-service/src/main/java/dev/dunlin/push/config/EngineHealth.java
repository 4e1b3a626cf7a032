package dev.dunlin.push.config;

import dev.dunlin.edge.EngineCheck;
import io.quarkus.kafka.client.runtime.KafkaAdminClient;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;

/** Checks the engines of this service, for {@code /q/health/group/engines}. */
final class EngineHealth {
    @Produces
    @Singleton
    @HealthGroup(EngineCheck.GROUP)
    HealthCheck kafka(Instance<KafkaAdminClient> admin) {
        return new EngineCheck("Kafka", () -> admin.get().getCluster().nodes().get());
    }

    @Produces
    @Singleton
    @HealthGroup(EngineCheck.GROUP)
    HealthCheck postgres(DataSource source) {
        return new EngineCheck("PostgreSQL", () -> {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
        });
    }
}
