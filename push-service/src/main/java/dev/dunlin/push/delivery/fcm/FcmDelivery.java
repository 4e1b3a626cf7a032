package dev.dunlin.push.delivery.fcm;

import dev.dunlin.push.delivery.DeliveryByKind.TargetDelivery;
import dev.dunlin.push.delivery.KeyFile;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.ProviderClient;
import dev.dunlin.push.delivery.ProviderClient.Reply;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Delivers by the HTTP v1 API of FCM. A phone shows the notification without the app's code; a
 * newer one of a channel replaces the one before it, on the phone ({@code tag}) and in FCM's store
 * ({@code collapse_key}). A delivery takes two calls at most: for an access token, and for the
 * message.
 */
public final class FcmDelivery implements TargetDelivery<Target.Fcm> {
    private final String host;
    private final FcmMessage messages;
    private final FcmTokens tokens;
    private final ProviderClient client;
    private final Clock clock;

    /**
     * How this suite uses FCM.
     *
     * @param host FCM's, as {@code host} or {@code host:port}
     * @param ttl how long FCM keeps what it cannot deliver, at most 28 days
     * @param androidChannel the id of the notification channel of the Android app; empty: the one
     *     that the app names in its manifest
     */
    public record Settings(String host, Duration ttl, Optional<String> androidChannel) {}

    public FcmDelivery(KeyFile<ServiceAccount> accounts, Settings settings, ProviderClient client, Clock clock) {
        this.host = settings.host();
        this.messages = new FcmMessage(settings.ttl(), settings.androidChannel());
        this.tokens = new FcmTokens(accounts, client, clock);
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Outcome deliver(Push push, Device device, Target.Fcm target) {
        return switch (tokens.access()) {
            case FcmTokens.Failed(String reason, var _) -> new Outcome.TryLater(reason, Optional.empty(), true);
            case FcmTokens.Token token -> send(messages.of(push, target.token(), clock.instant()), token);
        };
    }

    private Outcome send(byte[] message, FcmTokens.Token token) {
        Map<String, String> headers =
                Map.of("authorization", "Bearer " + token.value(), "content-type", "application/json; charset=UTF-8");
        URI uri =
                URI.create("https://" + host + "/v1/projects/" + token.account().project() + "/messages:send");
        return switch (client.post(uri, headers, message)) {
            case Reply.Unanswered(String reason) -> new Outcome.TryLater(reason, Optional.empty(), true);
            case Reply.Answered answer -> {
                if (FcmAnswers.refusesToken(answer)) {
                    tokens.refused(token);
                }
                yield FcmAnswers.outcome(answer, clock.instant());
            }
        };
    }
}
