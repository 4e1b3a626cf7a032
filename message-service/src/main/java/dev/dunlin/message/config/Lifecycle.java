package dev.dunlin.message.config;

import dev.dunlin.message.command.Retry;
import dev.dunlin.message.kafka.CommandConsumer;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.message.redis.RedisBus;
import dev.dunlin.message.redis.RedisReplies;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** What happens when the process starts and stops. */
@ApplicationScoped
class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    /**
     * Settings are checked here, before anything uses them. The process starts without a bus too,
     * since the log does not need it.
     */
    void start(
            @Observes StartupEvent event,
            Namespaces namespaces,
            RedisBus bus,
            RedisReplies replies,
            CommandConsumer commands)
            throws InterruptedException {
        LOG.infof("namespaces: %s", namespaces.policies().keySet());
        try {
            CompletableFuture.allOf(bus.start(), replies.start()).get(5, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Redis is unreachable: REST calls that write are answered with 503 until it is back");
        }
        commands.start();
    }

    /** First the batch is finished, if its store and bus are there; then they go. */
    void stop(
            @Observes ShutdownEvent event, RedisBus bus, RedisReplies replies, CommandConsumer commands, Retry retry) {
        commands.close();
        retry.stop();
        replies.stop();
        bus.stop();
    }
}
