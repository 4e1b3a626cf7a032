package dev.dunlin.push.config;

import dev.dunlin.push.device.AcceptedKinds;
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
            AcceptedKinds accepted,
            GatewayWiring.Gateways gateways) {
        ConfigCheck.check(config);
        if (!accepted.webPush()) {
            LOG.info("no Web Push: neither dunlin.push.vapid.keys nor dunlin.push.vapid.key-file is set");
        }
        if (accepted.webhook() && !config.webhook().challenge()) {
            LOG.warn("anybody can register any webhook: dunlin.push.webhook.challenge is false");
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
