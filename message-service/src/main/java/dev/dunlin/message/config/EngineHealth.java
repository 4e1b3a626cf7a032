package dev.dunlin.message.config;

import dev.dunlin.edge.EngineCheck;
import dev.dunlin.message.cassandra.CassandraStore;
import dev.dunlin.message.store.MessageStore;
import io.agroal.api.AgroalDataSource;
import io.quarkus.kafka.client.runtime.KafkaAdminClient;
import io.smallrye.health.api.HealthGroup;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.Statement;
import org.eclipse.microprofile.health.HealthCheck;

/** The engines of this service, as {@code /q/health/group/engines} shows them. */
final class EngineHealth {
    @Produces
    @Singleton
    @HealthGroup(EngineCheck.GROUP)
    HealthCheck redis(Redis redis) {
        return new EngineCheck(
                "Redis",
                () -> redis.send(Request.cmd(Command.PING))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get());
    }

    @Produces
    @Singleton
    @HealthGroup(EngineCheck.GROUP)
    HealthCheck kafka(Instance<KafkaAdminClient> admin) {
        return new EngineCheck("Kafka", () -> admin.get().getCluster().nodes().get());
    }

    @Produces
    @Singleton
    @HealthGroup(EngineCheck.GROUP)
    HealthCheck store(MessageStore store, @Any Instance<AgroalDataSource> source) {
        return store instanceof CassandraStore cassandra
                ? new EngineCheck("Cassandra", cassandra::ping)
                : new EngineCheck("PostgreSQL", () -> {
                    try (Connection connection = source.get().getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute("select 1");
                    }
                });
    }
}
