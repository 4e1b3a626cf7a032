package dev.dunlin.push.delivery;

import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Target;

/** Delivers by the kind of the device's target. */
public final class DeliveryByKind implements Delivery {
    private final TargetDelivery<Target.Webhook> webhook;
    private final TargetDelivery<Target.WebPush> webPush;

    public DeliveryByKind(TargetDelivery<Target.Webhook> webhook, TargetDelivery<Target.WebPush> webPush) {
        this.webhook = webhook;
        this.webPush = webPush;
    }

    @Override
    public Outcome deliver(Push push, Device device) {
        return switch (device.target()) {
            case Target.Webhook target -> webhook.deliver(push, device, target);
            case Target.WebPush target -> webPush.deliver(push, device, target);
            case Target.Apns _, Target.Fcm _ -> new Outcome.Rejected("not configured");
            case Target.Broken target -> new Outcome.Rejected(target.reason());
        };
    }

    /** Delivery to one kind of target. {@code target} is that of the device. */
    @FunctionalInterface
    public interface TargetDelivery<T extends Target> {
        Outcome deliver(Push push, Device device, T target);
    }
}
