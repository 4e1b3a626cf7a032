package dev.dunlin.push.delivery;

import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Target;
import java.util.OptionalLong;

/** Delivers by the kind of the device's target. */
public final class DeliveryByKind implements Delivery {
    private final TargetDelivery<Target.Webhook> webhook;
    private final TargetDelivery<Target.WebPush> webPush;

    public DeliveryByKind(TargetDelivery<Target.Webhook> webhook, TargetDelivery<Target.WebPush> webPush) {
        this.webhook = webhook;
        this.webPush = webPush;
    }

    @Override
    public Outcome deliver(Notification notification, Device device, OptionalLong unread) {
        return switch (device.target()) {
            case Target.Webhook target -> webhook.deliver(notification, target, unread);
            case Target.WebPush target -> webPush.deliver(notification, target, unread);
            case Target.Broken target -> new Outcome.Rejected(target.reason());
        };
    }

    /** Delivery to one kind of target. */
    @FunctionalInterface
    public interface TargetDelivery<T extends Target> {
        Outcome deliver(Notification notification, T target, OptionalLong unread);
    }
}
