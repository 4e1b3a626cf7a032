package dev.dunlin.push.config;

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
import dev.dunlin.push.endpoint.EndpointGuard;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** Wires what delivers notifications. */
final class DeliveryWiring {
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
            Vertx vertx, EndpointGuard guard, WebPushKey key, SecureRandom random, PushConfig config, Clock clock) {
        Post post = new VertxPost(vertx, guard, config.delivery().timeout());
        Answers answers = new Answers(clock);
        return new DeliveryByKind(
                new WebhookDelivery(post, answers, clock),
                new WebPushDelivery(key.vapid(), config.delivery().ttl(), post, answers, random));
    }
}
