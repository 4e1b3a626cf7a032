package dev.dunlin.push.device.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.push.device.AcceptedKinds;
import dev.dunlin.push.device.ServerKeys;
import dev.dunlin.push.device.ServerKeys.ServerKey;
import dev.dunlin.push.device.SubscriptionKeys;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.Target.Apns.Environment;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.endpoint.EndpointGuard;
import dev.dunlin.push.endpoint.EndpointRefused;
import dev.dunlin.push.endpoint.EndpointUnknown;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes a target from the body of a registration. */
@Singleton
final class Targets {
    private static final int LEAST_SECRET_BYTES = 16;
    private static final int MOST_SECRET_BYTES = 256;
    private static final int MADE_SECRET_BYTES = 32;

    private final EndpointGuard guard;
    private final AcceptedKinds accepted;
    private final ServerKeys serverKeys;
    private final SecureRandom random;

    @Inject
    Targets(EndpointGuard guard, AcceptedKinds accepted, ServerKeys serverKeys, SecureRandom random) {
        this.guard = guard;
        this.accepted = accepted;
        this.serverKeys = serverKeys;
        this.random = random;
    }

    /**
     * A browser that does not name its key has the newest one. Blocks for a name look-up. Throws
     * {@link InvalidInput} that names the field and what is allowed.
     */
    Target.Reachable of(RegisterDevice request) throws InvalidInput {
        try {
            return switch (request.kind()) {
                case Target.Apns.KIND -> apns(request);
                case Target.Fcm.KIND -> fcm(request);
                case Target.WebPush.KIND -> browser(request);
                case Target.Webhook.KIND -> webhook(request);
                case null, default -> throw invalid("kind: must be apns, fcm, webpush or webhook");
            };
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private Target.Reachable apns(RegisterDevice request) throws InvalidInput {
        if (!accepted.apns()) {
            throw invalid("kind: apns is not configured on this server (it has no key of Apple's)");
        }
        String token = Check.required("token", request.token()).toLowerCase(Locale.ROOT);
        String topic = Check.required("topic", request.topic());
        if (!accepted.topics().isEmpty() && !accepted.topics().contains(topic)) {
            throw invalid("topic: must be one of the apps of this server: "
                    + String.join(", ", accepted.topics().stream().sorted().toList()));
        }
        return new Target.Apns(token, topic, environment(request.environment()));
    }

    private static Environment environment(@Nullable String word) throws InvalidInput {
        if (word == null || word.equals(Environment.PRODUCTION.word())) {
            return Environment.PRODUCTION;
        }
        if (word.equals(Environment.SANDBOX.word())) {
            return Environment.SANDBOX;
        }
        throw invalid("environment: must be production or sandbox");
    }

    private Target.Reachable fcm(RegisterDevice request) throws InvalidInput {
        if (!accepted.fcm()) {
            throw invalid("kind: fcm is not configured on this server (it has no service account)");
        }
        return new Target.Fcm(Check.required("token", request.token()));
    }

    private Target.Reachable browser(RegisterDevice request) throws InvalidInput {
        RegisterDevice.Subscription subscription = request.subscription();
        ServerKey newest = serverKeys
                .newest()
                .orElseThrow(() -> invalid("kind: webpush is not configured on this server (it has no VAPID key)"));
        SubscriptionKeys keys = subscription == null ? null : subscription.keys();
        if (subscription == null || keys == null) {
            throw invalid("subscription: must be a browser's PushSubscription with endpoint and keys");
        }
        String key = request.subscribedWith();
        String field = request.key() == null ? "subscription.applicationServerKey" : "key";
        String keyId = key == null
                ? newest.id()
                : serverKeys
                        .idOf(key)
                        .orElseThrow(
                                () -> invalid(
                                        field
                                                + ": must be a key of this server; subscribe with that of GET /v1/push/vapid-public-key"));
        return new Target.WebPush(endpoint("subscription.endpoint", subscription.endpoint()), keys, keyId);
    }

    private Target.Reachable webhook(RegisterDevice request) throws InvalidInput {
        if (!accepted.webhook()) {
            throw invalid("kind: webhook is not enabled on this server");
        }
        String secret = secret(request.secret());
        return new Target.Webhook(endpoint("url", request.url()), secret);
    }

    private Endpoint endpoint(String field, @Nullable String url) throws InvalidInput {
        if (url == null) {
            throw invalid(field + ": is required");
        }
        try {
            Endpoint endpoint = Endpoint.of(url);
            guard.require(endpoint);
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
        if (length < LEAST_SECRET_BYTES
                || length > MOST_SECRET_BYTES
                || given.indexOf(0) >= 0
                || !Check.isUnicode(given)) {
            throw invalid("secret: must be " + LEAST_SECRET_BYTES + " to " + MOST_SECRET_BYTES
                    + " bytes of UTF-8 without NUL");
        }
        return given;
    }

    private static InvalidInput invalid(String message) {
        return new InvalidInput(ErrorCode.BAD_REQUEST, message);
    }
}
