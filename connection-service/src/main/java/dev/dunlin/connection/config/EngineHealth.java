package dev.dunlin.connection.config;

import dev.dunlin.edge.EngineCheck;
import io.quarkus.kafka.client.runtime.KafkaAdminClient;
import io.smallrye.health.api.HealthGroup;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;

/** Checks the engines of this service, for {@code /q/health/group/engines}. */
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
}
