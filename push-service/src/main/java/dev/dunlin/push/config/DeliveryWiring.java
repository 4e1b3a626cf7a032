package dev.dunlin.push.config;

import dev.dunlin.protocol.http.TextQuery;
import dev.dunlin.protocol.http.UsersQuery;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.delivery.Answers;
import dev.dunlin.push.delivery.Delivery;
import dev.dunlin.push.delivery.DeliveryByKind;
import dev.dunlin.push.delivery.Post;
import dev.dunlin.push.delivery.vertx.VertxPost;
import dev.dunlin.push.delivery.webhook.WebhookDelivery;
import dev.dunlin.push.delivery.webpush.Vapid;
import dev.dunlin.push.delivery.webpush.WebPushDelivery;
import dev.dunlin.push.delivery.webpush.WebPushKey;
import dev.dunlin.push.device.AcceptedKinds;
import dev.dunlin.push.device.Devices;
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
import java.util.Optional;

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
    WebPushKey webPushKey(PushConfig config, Clock clock) {
        PushConfig.Vapid vapid = config.vapid();
        if (vapid.keyFile().isEmpty()) {
            return new WebPushKey(Optional.empty());
        }
        String subject = vapid.subject().orElse("");
        if (!subject.startsWith("mailto:") && !subject.startsWith("https:")) {
            throw ConfigCheck.refuse("vapid.subject", subject, "a mailto: or https: URL when there is a key file");
        }
        return new WebPushKey(
                Optional.of(new Vapid(VapidFile.read(vapid.keyFile().get()), subject, clock)));
    }

    @Produces
    @Singleton
    AcceptedKinds acceptedKinds(WebPushKey key) {
        return new AcceptedKinds(key.vapid().isPresent());
    }

    @Produces
    @Singleton
    Delivery delivery(
            Vertx vertx,
            EndpointGuard guard,
            WebPushKey key,
            GatewayWiring.Gateways gateways,
            SecureRandom random,
            PushConfig config,
            Clock clock) {
        Post post = new VertxPost(vertx, guard, config.delivery().timeout());
        Answers answers = new Answers(clock);
        return new DeliveryByKind(
                new WebhookDelivery(post, answers, clock),
                new WebPushDelivery(key.vapid(), config.delivery().ttl(), post, answers, random),
                gateways.apns(),
                gateways.fcm());
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
     * Longer than a claimed notification can take. A call takes two time-outs at most, a delivery
     * two calls (FCM: one for the access token), and there are calls and writes before and after
     * it. A round asks other services about up to 100 notifications in a call, so a high
     * concurrency adds calls before its deliveries start.
     */
    static Duration lease(Duration timeout, int concurrency) {
        int furtherCalls = (concurrency - 1) / Math.min(TextQuery.MOST, UsersQuery.MOST);
        return timeout.multipliedBy(5).plusSeconds(30).plus(CALLS.multipliedBy(furtherCalls));
    }
}
