package dev.dunlin.push.config;

import dev.dunlin.protocol.http.TextQuery;
import dev.dunlin.protocol.http.UsersQuery;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.delivery.Answers;
import dev.dunlin.push.delivery.Delivery;
import dev.dunlin.push.delivery.DeliveryByKind;
import dev.dunlin.push.delivery.vertx.VertxPost;
import dev.dunlin.push.delivery.webhook.WebhookChallenge;
import dev.dunlin.push.delivery.webhook.WebhookDelivery;
import dev.dunlin.push.delivery.webpush.VapidKeys;
import dev.dunlin.push.delivery.webpush.WebPushDelivery;
import dev.dunlin.push.device.AcceptedKinds;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.device.Ownership;
import dev.dunlin.push.endpoint.EndpointGuard;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.schedule.Courier;
import dev.dunlin.push.schedule.Dispatcher;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.RetryPolicy;
import dev.dunlin.push.schedule.micrometer.MeteredJournal;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Wires what delivers notifications. */
final class DeliveryWiring {
    /** The time to connect to message-service and presence-service, and to read their answers. */
    private static final Duration CALLS = Duration.ofSeconds(2 * (2 + 5));

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    AcceptedKinds acceptedKinds(VapidKeys keys, PushConfig config) {
        return new AcceptedKinds(keys.newest().isPresent(), config.webhook().enabled(), false, false, Set.of());
    }

    @Produces
    @Singleton
    VertxPost post(Vertx vertx, EndpointGuard guard, PushConfig config) {
        return new VertxPost(vertx, guard, config.delivery().timeout(), ProxySetting.read(config.proxy()));
    }

    @Produces
    @Singleton
    Ownership ownership(VertxPost post, PushConfig config, Clock clock, SecureRandom random) {
        return config.webhook().challenge() ? new WebhookChallenge(post, clock, random) : Ownership.unasked();
    }

    @Produces
    @Singleton
    Delivery delivery(VertxPost post, VapidKeys keys, SecureRandom random, PushConfig config, Clock clock) {
        Answers answers = new Answers(clock);
        return new DeliveryByKind(
                new WebhookDelivery(post, answers, clock),
                new WebPushDelivery(keys, config.delivery().ttl(), post, answers, random));
    }

    @Produces
    @Singleton
    Dispatcher dispatcher(
            Delivery delivery,
            Pending pending,
            Devices devices,
            Channels channels,
            Texts texts,
            Presences presences,
            MeteredJournal journal,
            PushConfig config,
            SecureRandom random,
            Clock clock) {
        PushConfig.Retry retry = config.retry();
        RetryPolicy policy = new RetryPolicy(retry.tries(), retry.first(), retry.most());
        Courier courier = new Courier(delivery, pending, devices, channels, journal, policy, clock, random);
        return new Dispatcher(
                pending,
                presences,
                texts,
                courier,
                journal,
                clock,
                lease(config.delivery().timeout(), config.delivery().concurrency()),
                config.maxAge(),
                config.delivery().concurrency());
    }

    /**
     * Longer than a claimed notification can take. A delivery takes two time-outs at most, and
     * there are calls and writes before and after it. A round asks other services about up to 100
     * notifications in a call, so a high concurrency adds calls before its deliveries start.
     */
    static Duration lease(Duration timeout, int concurrency) {
        int furtherCalls = (concurrency - 1) / Math.min(TextQuery.MOST, UsersQuery.MOST);
        return timeout.multipliedBy(3).plusSeconds(30).plus(CALLS.multipliedBy(furtherCalls));
    }
}
