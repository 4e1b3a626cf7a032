package dev.dunlin.push.delivery;

import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Target;
import java.util.Optional;

/** Delivers by the kind of the device's target. */
public final class DeliveryByKind implements Delivery {
    private final TargetDelivery<Target.Webhook> webhook;
    private final TargetDelivery<Target.WebPush> webPush;
    private final TargetDelivery<Target.Apns> apns;
    private final TargetDelivery<Target.Fcm> fcm;

    /** Devices of a gateway that is empty are refused. */
    public DeliveryByKind(
            TargetDelivery<Target.Webhook> webhook,
            TargetDelivery<Target.WebPush> webPush,
            Optional<? extends TargetDelivery<Target.Apns>> apns,
            Optional<? extends TargetDelivery<Target.Fcm>> fcm) {
        this.webhook = webhook;
        this.webPush = webPush;
        this.apns = apns.isPresent() ? apns.get() : missing("APNs is not configured: dunlin.push.apns.key-file");
        this.fcm = fcm.isPresent() ? fcm.get() : missing("FCM is not configured: dunlin.push.fcm.service-account-file");
    }

    private static <T extends Target> TargetDelivery<T> missing(String reason) {
        return (_, _, _) -> new Outcome.Rejected(reason);
    }

    @Override
    public Outcome deliver(Push push, Device device) {
        return switch (device.target()) {
            case Target.Webhook target -> webhook.deliver(push, device, target);
            case Target.WebPush target -> webPush.deliver(push, device, target);
            case Target.Apns target -> apns.deliver(push, device, target);
            case Target.Fcm target -> fcm.deliver(push, device, target);
            case Target.Broken target -> new Outcome.Rejected(target.reason());
        };
    }

    /** Delivery to one kind of target. {@code target} is that of the device. */
    @FunctionalInterface
    public interface TargetDelivery<T extends Target> {
        Outcome deliver(Push push, Device device, T target);
    }
}
