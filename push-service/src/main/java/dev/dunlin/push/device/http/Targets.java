package dev.dunlin.push.device.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.push.device.AcceptedKinds;
import dev.dunlin.push.device.SubscriptionKeys;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.endpoint.EndpointGuard;
import dev.dunlin.push.endpoint.EndpointRefused;
import dev.dunlin.push.endpoint.EndpointUnknown;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes a target from the body of a registration. */
@Singleton
final class Targets {
    private static final int LEAST_SECRET_BYTES = 16;
    private static final int MOST_SECRET_BYTES = 256;
    private static final int MADE_SECRET_BYTES = 32;

    private final EndpointGuard guard;
    private final AcceptedKinds accepted;
    private final SecureRandom random;

    @Inject
    Targets(EndpointGuard guard, AcceptedKinds accepted, SecureRandom random) {
        this.guard = guard;
        this.accepted = accepted;
        this.random = random;
    }

    /**
     * Blocks for a name look-up. Throws {@link InvalidInput} that names the field and what is
     * allowed.
     */
    Target.Reachable of(RegisterDevice request) throws InvalidInput {
        return switch (request.kind()) {
            case null -> throw invalid("kind: must be webhook or webpush");
            case Target.Webhook.KIND -> new Target.Webhook(endpoint("url", request.url()), secret(request.secret()));
            case Target.WebPush.KIND -> browser(request.subscription());
            case "apns", "fcm" ->
                throw invalid("kind: " + request.kind() + " is not available yet; must be webhook or webpush");
            default -> throw invalid("kind: must be webhook or webpush");
        };
    }

    private Target.Reachable browser(RegisterDevice.@Nullable Subscription subscription) throws InvalidInput {
        if (!accepted.webPush()) {
            throw invalid("kind: webpush is not configured on this server (it has no VAPID key)");
        }
        SubscriptionKeys keys = subscription == null ? null : subscription.keys();
        if (subscription == null || keys == null) {
            throw invalid("subscription: must be a browser's PushSubscription with endpoint and keys");
        }
        return new Target.WebPush(endpoint("subscription.endpoint", subscription.endpoint()), keys);
    }

    private Endpoint endpoint(String field, @Nullable String url) throws InvalidInput {
        if (url == null) {
            throw invalid(field + ": is required");
        }
        try {
            Endpoint endpoint = Endpoint.of(url);
            guard.check(endpoint);
            return endpoint;
        } catch (IllegalArgumentException | EndpointRefused | EndpointUnknown e) {
            throw invalid(field + ": " + e.getMessage());
        }
    }

    private String secret(@Nullable String given) throws InvalidInput {
        if (given == null) {
            byte[] made = new byte[MADE_SECRET_BYTES];
            random.nextBytes(made);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(made);
        }
        int length = given.getBytes(UTF_8).length;
        if (length < LEAST_SECRET_BYTES || length > MOST_SECRET_BYTES || given.indexOf(0) >= 0) {
            throw invalid("secret: must be " + LEAST_SECRET_BYTES + " to " + MOST_SECRET_BYTES + " bytes");
        }
        return given;
    }

    private static InvalidInput invalid(String message) {
        return new InvalidInput(ErrorCode.BAD_REQUEST, message);
    }
}
