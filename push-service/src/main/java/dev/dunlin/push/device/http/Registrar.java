package dev.dunlin.push.device.http;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.About;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.device.Devices.Registration;
import dev.dunlin.push.device.NewDevice;
import dev.dunlin.push.device.Ownership;
import dev.dunlin.push.device.Target;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Checks a registration, and stores it. Blocks; called on virtual threads. */
@Singleton
final class Registrar {
    private final Devices devices;
    private final Targets targets;
    private final Ownership ownership;
    private final Clock clock;

    @Inject
    Registrar(Devices devices, Targets targets, Ownership ownership, Clock clock) {
        this.devices = devices;
        this.targets = targets;
        this.ownership = ownership;
        this.clock = clock;
    }

    /** A registration, and the target it stored. */
    record Result(Registration registration, Target.Reachable target) {}

    /**
     * Registers a device. A webhook must repeat a challenge first. Throws {@link InvalidInput} that
     * names the field and what is allowed.
     */
    Result register(UserId user, RegisterDevice request) throws InvalidInput {
        About about = about(request);
        Target.Reachable asked = targets.of(request);
        Optional<Device> known = devices.find(user, asked);
        DeviceId id = known.filter(device -> device.user().equals(user))
                .map(Device::id)
                .orElseGet(() -> new DeviceId(UUID.randomUUID()));
        Target.Reachable target = request.subscribedWith() == null ? withKnownKey(asked, known) : asked;
        boolean verified = target instanceof Target.Webhook hook && verify(user, id, hook, known);
        NewDevice device = new NewDevice(id, user, target, about, Optional.ofNullable(request.prefs()), verified);
        return new Result(devices.register(device, clock.instant()), target);
    }

    private static About about(RegisterDevice request) throws InvalidInput {
        try {
            return new About(request.app(), request.platform(), request.locale(), request.appVersion());
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /** A subscription keeps the key that it was made with, however new the others are. */
    private static Target.Reachable withKnownKey(Target.Reachable asked, Optional<Device> known) {
        return asked instanceof Target.WebPush browser
                        && known.isPresent()
                        && known.get().target() instanceof Target.WebPush before
                        && before.keys().equals(browser.keys())
                ? before
                : asked;
    }

    /** Returns whether the webhook is known to be its owner's. */
    private boolean verify(UserId user, DeviceId id, Target.Webhook hook, Optional<Device> known) throws InvalidInput {
        if (known.isPresent()
                && known.get().verified()
                && known.get().disabled().isEmpty()
                && hook.equals(known.get().target())) {
            return true;
        }
        Optional<String> fault = ownership.fault(user, id, hook);
        if (fault.isPresent()) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "url: did not repeat the challenge (" + fault.get() + ")");
        }
        return ownership.asks();
    }
}
