package dev.dunlin.push.device.http;

import dev.dunlin.push.device.About;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A device as its user sees it, without tokens and secrets.
 *
 * @param url of a webhook
 * @param verified of a webhook: whether it repeated a challenge
 * @param origin of a browser's push service; the rest of that URL is a secret
 * @param key of a browser: the id of the key that it subscribed with
 * @param topic of {@code apns}: the id of the app
 * @param environment of {@code apns}: {@code production} or {@code sandbox}
 * @param createdAt when it was registered first, in milliseconds since 1970
 * @param seenAt when it was registered last, in milliseconds since 1970
 * @param disabled absent if it is notified
 * @param secret only in the answer to the registration for which the service generated it
 */
@Schema(name = "Device")
public record DeviceView(
        DeviceId id,
        String kind,
        @Nullable String url,
        @Nullable Boolean verified,
        @Nullable String origin,
        @Nullable String key,
        @Nullable String topic,
        @Nullable String environment,
        @Nullable String app,
        @Nullable String platform,
        @Nullable String locale,
        @Nullable String appVersion,
        Prefs prefs,
        long createdAt,
        long seenAt,
        @Nullable DisabledView disabled,
        @Nullable String secret) {
    /** The devices of a user. */
    public record DeviceList(List<DeviceView> devices) {}

    /**
     * Why nothing is sent to the device until it is registered again.
     *
     * @param at milliseconds since 1970
     */
    @Schema(name = "DisabledDevice")
    public record DisabledView(String reason, long at) {}

    static DeviceView of(Device device) {
        return of(device, null);
    }

    static DeviceView of(Device device, @Nullable String newSecret) {
        Target.@Nullable Webhook hook = device.target() instanceof Target.Webhook there ? there : null;
        Target.@Nullable WebPush browser = device.target() instanceof Target.WebPush there ? there : null;
        Target.@Nullable Apns phone = device.target() instanceof Target.Apns there ? there : null;
        About about = device.about();
        return new DeviceView(
                device.id(),
                device.target().kind(),
                hook == null ? null : hook.endpoint().toString(),
                hook == null ? null : device.verified(),
                browser == null ? null : browser.endpoint().origin(),
                browser == null ? null : browser.keyId(),
                phone == null ? null : phone.topic(),
                phone == null ? null : phone.environment().word(),
                about.app(),
                about.platform(),
                about.locale(),
                about.appVersion(),
                device.prefs(),
                device.createdAt().toEpochMilli(),
                device.seenAt().toEpochMilli(),
                device.disabled()
                        .map(disabled -> new DisabledView(
                                disabled.reason(), disabled.at().toEpochMilli()))
                        .orElse(null),
                newSecret);
    }
}
