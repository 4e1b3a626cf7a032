package dev.dunlin.localstack.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The gateway's push service: RFC 8030, as far as push-service uses it. */
class DevPushIT extends EndpointTest {
    @Test
    void aPushReachesThePageThatListens() throws Exception {
        try (Events page = listen(PUSH + "/events")) {
            HttpResponse<String> answer =
                    send(push("hello").header("Topic", "a").header("Urgency", "high"));

            assertThat(page.next("push")).isEqualTo(base64("hello".getBytes(UTF_8)));
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith(PUSH + "/");
            assertThat(answer.headers().firstValue("TTL")).contains("60");
        }
    }

    @Test
    void aPushWaitsForThePageAsLongAsItsTtlAndUntilAnotherOneOfItsTopic() throws Exception {
        send(request(PUSH).PUT(BodyPublishers.noBody()));
        send(push("replaced").header("Topic", "a"));
        send(push("newest").header("Topic", "a"));
        send(request(PUSH).header("TTL", "10").POST(BodyPublishers.ofString("too old")));
        send(request(PUSH).header("TTL", "0").POST(BodyPublishers.ofString("for nobody")));
        send(push("last"));
        now = now.plusSeconds(30);

        try (Events page = listen(PUSH + "/events")) {
            assertThat(page.next("push")).isEqualTo(base64("newest".getBytes(UTF_8)));
            assertThat(page.next("push")).isEqualTo(base64("last".getBytes(UTF_8)));
        }
    }

    @Test
    void theNewestHundredWait() throws Exception {
        send(request(PUSH).PUT(BodyPublishers.noBody()));
        for (int number = 0; number < 102; number++) {
            assertThat(send(push("number " + number)).statusCode()).isEqualTo(201);
        }
        try (Events page = listen(PUSH + "/events")) {
            assertThat(page.next("push")).isEqualTo(base64("number 2".getBytes(UTF_8)));
        }
    }

    @Test
    void onlyWhatWasSubscribedIsThereAndWhatWasRemovedDoesNotComeBack() throws Exception {
        assertThat(send(push("hello")).statusCode()).isEqualTo(404);
        assertThat(send(request(PUSH).DELETE()).statusCode()).isEqualTo(404);
        assertThat(send(request(PUSH).PUT(BodyPublishers.noBody())).statusCode())
                .isEqualTo(204);
        assertThat(send(push("hello")).statusCode()).isEqualTo(201);
        assertThat(send(request(PUSH).DELETE()).statusCode()).isEqualTo(204);

        for (HttpRequest.Builder late : List.of(
                push("hello"),
                request(PUSH).PUT(BodyPublishers.noBody()),
                request(PUSH + "/events"),
                request(PUSH).DELETE())) {
            HttpResponse<String> answer = send(late);
            assertThat(answer.statusCode()).isEqualTo(410);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    @Test
    void aPushThatBreaksTheRulesIsAProblemThatNamesThem() throws Exception {
        send(request(PUSH).PUT(BodyPublishers.noBody()));
        HttpRequest.BodyPublisher body = BodyPublishers.ofString("x");
        expect(send(request(PUSH).POST(body)), 400, "TTL: is required");
        expect(send(request(PUSH).header("TTL", "soon").POST(body)), 400, "TTL: is required");
        expect(send(push("x").header("Topic", "no topic")), 400, "Topic: must be");
        expect(send(push("x").header("Urgency", "asap")), 400, "Urgency: must be");
        expect(send(push("x".repeat(4097))), 413, "at most 4096 bytes");
        expect(send(push("x").header("Authorization", "vapid t=a.b.c, k=d")), 403, "Authorization: must be");
        expect(send(request("/dev/push/short").header("TTL", "1").POST(body)), 400, "id: must be 16 to 64");
        expect(send(request(PUSH)), 405, "this method is not allowed");
        expect(send(request(PUSH + "/events").POST(body)), 405, "this method is not allowed");
        expect(send(request("/dev/push/log").POST(body)), 405, "this method is not allowed");
        assertThat(send(push("x".repeat(4096))).statusCode()).isEqualTo(201);
    }

    @Test
    void onlyThisMachineSends() throws Exception {
        for (String path : List.of(PUSH, HOOK)) {
            HttpRequest.Builder other = request(path).header("TTL", "1").POST(BodyPublishers.ofString("{}"));
            expect(send(other.copy().header("X-Forwarded-For", "203.0.113.9")), 403, "of this machine");
            expect(send(other.copy().header("Origin", "https://evil.example")), 403, "of this machine");
        }
        expect(send(request("/dev/push/log").header("Origin", "https://evil.example")), 403, "of this machine");
    }
}
