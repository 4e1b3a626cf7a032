package dev.dunlin.push.device.http;

import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A device as its user sees it.
 *
 * @param url of a webhook
 * @param origin of a browser's push service; the rest of that URL is a secret
 * @param secret only in the answer to the registration for which the service generated it
 * @param createdAt milliseconds since 1970
 */
@Schema(name = "Device")
public record DeviceView(
        DeviceId id,
        String kind,
        @Nullable String url,
        @Nullable String origin,
        Prefs prefs,
        long createdAt,
        @Nullable String secret) {
    /** The devices of a user. */
    public record DeviceList(List<DeviceView> devices) {}

    static DeviceView of(Device device) {
        return of(device, null);
    }

    static DeviceView of(Device device, @Nullable String newSecret) {
        Target target = device.target();
        return new DeviceView(
                device.id(),
                target.kind(),
                target instanceof Target.Webhook hook ? hook.endpoint().toString() : null,
                target instanceof Target.WebPush browser ? browser.endpoint().origin() : null,
                device.prefs(),
                device.createdAt().toEpochMilli(),
                newSecret);
    }
}
