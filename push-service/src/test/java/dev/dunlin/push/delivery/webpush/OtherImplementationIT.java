package dev.dunlin.push.delivery.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.interaso.webpush.WebPush;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Alerts;
import dev.dunlin.push.delivery.Answers;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Post;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.P256;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.SubscriptionKeys;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.endpoint.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The push endpoint of the tests takes what another implementation of the RFCs sends, and takes
 * ours: so the two agree, and the endpoint's checks are not just our own view.
 */
class OtherImplementationIT {
    private static final int TTL = 60;

    @Test
    void thePushEndpointOfTheTestsTakesWhatAnotherImplementationSends() throws Exception {
        com.interaso.webpush.VapidKeys keys = com.interaso.webpush.VapidKeys.generate();
        WebPush other = new WebPush("mailto:ops@dunlin.example", keys);
        try (PushEndpoint endpoint = PushEndpoint.start()) {
            PushEndpoint.Browser browser = endpoint.browser(base64(keys.getApplicationServerKey()));
            byte[] body = other.getBody(
                    "hello".getBytes(UTF_8),
                    Base64.getUrlDecoder().decode(browser.p256dh()),
                    Base64.getUrlDecoder().decode(browser.auth()));
            Map<String, String> headers = other.getHeaders(browser.url(), TTL, "topic", WebPush.Urgency.High);
            assertThat(post(browser.url(), headers, body)).isEqualTo(201);
            assertThat(endpoint.complaints()).isEmpty();
            assertThat(endpoint.received(browser).getFirst().json()).isEqualTo("hello");
        }
    }

    @Test
    void itTakesOurs() throws Exception {
        KeyPair pair = Pems.newKeyPair();
        VapidKeys keys = Pems.keys(Map.of("default", pair));
        Post post = (endpoint, headers, body) -> new Post.Answer.Status(post(endpoint.toString(), headers, body), "");
        WebPushDelivery delivery = new WebPushDelivery(
                keys, Duration.ofSeconds(TTL), post, new Answers(Clock.systemUTC()), new SecureRandom());
        try (PushEndpoint endpoint = PushEndpoint.start()) {
            PushEndpoint.Browser browser = endpoint.browser(base64(P256.bytes((ECPublicKey) pair.getPublic())));
            Target.WebPush target = new Target.WebPush(
                    Endpoint.of(browser.url()), new SubscriptionKeys(browser.p256dh(), browser.auth()), "default");
            assertThat(delivery.deliver(Alerts.saying("x".repeat(9000)), device(target), target))
                    .isEqualTo(new Outcome.Delivered());
            assertThat(endpoint.complaints()).isEmpty();
            assertThat(endpoint.received(browser).getFirst().json()).contains("\"truncated\":true");
        }
    }

    private static Device device(Target target) {
        return new Device(new DeviceId(new UUID(1, 2)), new UserId("bob"), target, Prefs.NONE, Instant.EPOCH);
    }

    private static int post(String url, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
            return answer.statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
