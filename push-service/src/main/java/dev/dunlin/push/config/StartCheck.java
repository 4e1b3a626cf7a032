package dev.dunlin.push.config;

import dev.dunlin.push.delivery.webpush.WebPushKey;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Validates the configuration before anything else starts, and logs what is not configured. */
final class StartCheck {
    private static final Logger LOG = Logger.getLogger(StartCheck.class);

    void check(
            @Observes @Priority(1) StartupEvent event,
            PushConfig config,
            WebPushKey key,
            GatewayWiring.Gateways gateways) {
        ConfigCheck.check(config);
        if (key.vapid().isEmpty()) {
            LOG.info("no Web Push: dunlin.push.vapid.key-file is not set");
        }
        if (gateways.apns().isEmpty()) {
            LOG.info("no APNs: dunlin.push.apns.key-file is not set");
        }
        if (gateways.fcm().isEmpty()) {
            LOG.info("no FCM: dunlin.push.fcm.service-account-file is not set");
        }
        if (config.allowPrivateAddresses()) {
            LOG.warn("endpoints may be private addresses: dunlin.push.allow-private-addresses is true");
        }
    }
}
