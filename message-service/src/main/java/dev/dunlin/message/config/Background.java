package dev.dunlin.message.config;

import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.history.History;
import dev.dunlin.message.history.Retained;
import dev.dunlin.message.metrics.MicrometerUpkeepObserver;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.message.purge.Farewell;
import dev.dunlin.message.purge.Purge;
import dev.dunlin.message.redis.RedisFarewell;
import dev.dunlin.message.retention.Retention;
import dev.dunlin.message.search.Reindexing;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.upkeep.Upkeep;
import dev.dunlin.message.userdata.Eraser;
import dev.dunlin.message.userdata.UserEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Wires time, and what is done in the background. */
final class Background {
    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Retained retained(History history, InstantSource clock) {
        return new Retained(history, clock);
    }

    @Produces
    @Singleton
    Upkeep upkeep(
            MessageStore store,
            Namespaces namespaces,
            CommandGateway gateway,
            UserEvents userEvents,
            Redis redis,
            CommandSettings commands,
            UpkeepSettings settings,
            InstantSource clock,
            MeterRegistry metrics) {
        RandomGenerator random = RandomGenerator.getDefault();
        Farewell farewell = new RedisFarewell(redis, commands.busTimeout());
        Duration margin =
                Settings.within("dunlin.upkeep.retention-margin", settings.retentionMargin(), Duration.ofDays(30));
        Duration unwritten =
                Settings.within("dunlin.upkeep.unwritten-after", settings.unwrittenAfter(), Duration.ofDays(3650));
        return new Upkeep(
                store.oneAtATime(),
                new Purge(store.deletedChannels(), farewell, gateway, random),
                new Eraser(
                        store.erasures(),
                        store.userData(),
                        store.memberships(),
                        store.contacts(),
                        gateway,
                        farewell,
                        userEvents,
                        clock,
                        random),
                new Retention(namespaces, store.expiredRows(), margin, unwritten, clock),
                new Reindexing(store.searchIndex()),
                new MicrometerUpkeepObserver(metrics),
                clock,
                Settings.within("dunlin.upkeep.poll", settings.poll(), Duration.ofHours(1)),
                Settings.within("dunlin.upkeep.retention-interval", settings.retentionInterval(), Duration.ofDays(1)));
    }
}
