package dev.dunlin.push.config;

import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.channel.Unreads;
import dev.dunlin.push.decision.Decision;
import dev.dunlin.push.delivery.Delivery;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.provider.Providers;
import dev.dunlin.push.schedule.Courier;
import dev.dunlin.push.schedule.DeadLetters;
import dev.dunlin.push.schedule.Dispatcher;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.Planner;
import dev.dunlin.push.schedule.RetryPolicy;
import dev.dunlin.push.schedule.Settler;
import dev.dunlin.push.schedule.micrometer.MeteredJournal;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Wires what decides again on what is due, and sends it. */
final class DispatchWiring {
    /** The calls of a round: to the database, and to message- and presence-service. */
    private static final Duration CALLS = Duration.ofSeconds(15);

    @Produces
    @Singleton
    Settler settler(Pending pending, Clock clock) {
        return new Settler(pending, clock);
    }

    @Produces
    @Singleton
    Courier courier(
            Delivery delivery,
            Devices devices,
            MeteredJournal journal,
            DeadLetters deadLetters,
            PushConfig config,
            SecureRandom random,
            Clock clock) {
        return new Courier(delivery, devices, journal, deadLetters, retries(config), clock, random);
    }

    @Produces
    @Singleton
    Planner planner(
            Pending pending,
            Texts texts,
            Presences presences,
            Channels channels,
            Unreads unreads,
            Decision decision,
            PushConfig config) {
        return new Planner(
                pending,
                texts,
                presences,
                channels,
                unreads,
                decision,
                new Planner.Limits(config.retry().tries(), config.maxAge(), config.perMinute()));
    }

    @Produces
    @Singleton
    Dispatcher dispatcher(
            Pending pending,
            Providers providers,
            Planner planner,
            Courier courier,
            Settler settler,
            MeteredJournal journal,
            PushConfig config,
            Clock clock) {
        return new Dispatcher(
                pending,
                providers,
                planner,
                courier,
                settler,
                journal,
                clock,
                lease(config.delivery().timeout()),
                config.delivery().concurrency());
    }

    private static RetryPolicy retries(PushConfig config) {
        PushConfig.Retry retry = config.retry();
        return new RetryPolicy(retry.tries(), retry.first(), retry.most());
    }

    /**
     * Longer than a claimed row can take. A call takes two time-outs at most, a delivery two calls
     * (FCM: one for the access token). Before it there are calls, and up to 5 s in the provider's
     * line; after it a write.
     */
    static Duration lease(Duration timeout) {
        return timeout.multipliedBy(5).plus(CALLS);
    }
}
