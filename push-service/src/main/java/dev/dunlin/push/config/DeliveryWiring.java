package dev.dunlin.push.config;

import dev.dunlin.push.delivery.Answers;
import dev.dunlin.push.delivery.Delivery;
import dev.dunlin.push.delivery.DeliveryByKind;
import dev.dunlin.push.delivery.vertx.VertxPost;
import dev.dunlin.push.delivery.webhook.WebhookChallenge;
import dev.dunlin.push.delivery.webhook.WebhookDelivery;
import dev.dunlin.push.delivery.webpush.VapidKeys;
import dev.dunlin.push.delivery.webpush.WebPushDelivery;
import dev.dunlin.push.device.AcceptedKinds;
import dev.dunlin.push.device.Ownership;
import dev.dunlin.push.endpoint.EndpointGuard;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;

/** Wires what delivers notifications. */
final class DeliveryWiring {
    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    AcceptedKinds acceptedKinds(VapidKeys keys, PushConfig config) {
        return new AcceptedKinds(
                keys.newest().isPresent(),
                config.webhook().enabled(),
                config.apns().keyFile().isPresent(),
                config.fcm().serviceAccountFile().isPresent(),
                config.apns().topics().orElse(Set.of()));
    }

    @Produces
    @Singleton
    VertxPost post(Vertx vertx, EndpointGuard guard, PushConfig config) {
        PushConfig.Providers limits = config.providers();
        return new VertxPost(
                vertx,
                guard,
                config.delivery().timeout(),
                ProxySetting.read(config.proxy()),
                Math.max(limits.concurrency(), limits.concurrencyEndpoint()));
    }

    @Produces
    @Singleton
    Ownership ownership(VertxPost post, PushConfig config, Clock clock, SecureRandom random) {
        return config.webhook().challenge() ? new WebhookChallenge(post, clock, random) : Ownership.unasked();
    }

    @Produces
    @Singleton
    Delivery delivery(
            VertxPost post,
            VapidKeys keys,
            GatewayWiring.Gateways gateways,
            SecureRandom random,
            PushConfig config,
            Clock clock) {
        Answers answers = new Answers(clock);
        return new DeliveryByKind(
                new WebhookDelivery(post, answers, clock),
                new WebPushDelivery(keys, config.delivery().ttl(), post, answers, random),
                gateways.apns(),
                gateways.fcm());
    }
}
