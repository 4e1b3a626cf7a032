package dev.dunlin.push.device;

import static dev.dunlin.push.world.World.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.push.world.WorldResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are no registration. */
@QuarkusTest
@WithTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "push"))
@WithTestResource(WorldResource.class)
class RefusedRegistrationIT {
    private static final String DEVICES = "/v1/devices";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | kind: must be apns, fcm, webpush or webhook",
                "{\"kind\":null} | kind: must be apns, fcm, webpush or webhook",
                "{\"kind\":\"pigeon\"} | kind: must be apns, fcm, webpush or webhook",
                "{\"kind\":{}} | kind: must be a string",
                "{\"kind\":\"apns\"} | kind: apns is not configured on this server",
                "{\"kind\":\"fcm\"} | kind: fcm is not configured on this server",
                "{\"kind\":\"webhook\"} | url: is required",
                "{\"kind\":\"webhook\",\"url\":\"ftp://x.example/\"} | url: must be an absolute https URL",
                "{\"kind\":\"webhook\",\"url\":\"https://no-such-host.invalid/\"} | url: must be a URL of a host that can be resolved",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"secret\":\"short\"} | secret: must be 16 to 256 bytes",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost:65536/\"} | url: must be a URL with a port from 1 to 65535",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost:0/\"} | url: must be a URL with a port from 1 to 65535",
                "{\"kind\":\"webpush\",\"subscription\":{\"endpoint\":\"http://localhost:65536/\",\"keys\":{\"p256dh\":\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\",\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\"}}} | subscription.endpoint: must be a URL with a port from 1 to 65535",
                "{\"kind\":\"webhook\",\"url\":[]} | url: must be a string",
                "{\"kind\":\"webpush\"} | subscription: must be",
                "{\"kind\":\"webpush\",\"subscription\":{\"endpoint\":\"http://localhost/\",\"keys\":{\"p256dh\":\"AAAA\",\"auth\":\"AAAA\"}}} | p256dh",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"prefs\":{\"quietHours\":{\"from\":\"9\"}}} | prefs.quietHours",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"prefs\":{\"muted\":{\"eng\":1}}} | muted",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\u00e9\"} | url: must be a URL in ASCII",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\\u0000\"} | url: must be an absolute https URL",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"secret\":\"0123456789abcdef\\u0000\"} | secret: must be 16 to 256 bytes of UTF-8 without NUL",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"secret\":\"0123456789abcdef\\ud800\"} | secret: must be 16 to 256 bytes",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"app\":{}} | app: must be a string",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"app\":\"\\u0000\"} | app: must be 1 to 100 characters",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"platform\":[]} | platform: must be a string",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"locale\":\"german\\n\"} | locale: must be a language tag",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"appVersion\":\"\\ud800\"} | appVersion: must be",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"prefs\":7} | prefs: must be an object",
                "{\"kind\":\"webpush\",\"subscription\":7} | subscription: must be an object",
                "{\"kind\":\"webpush\",\"subscription\":{\"endpoint\":null,\"keys\":null}} | subscription: must be",
                "{\"kind\":\"webpush\",\"subscription\":{\"keys\":{\"p256dh\":null}}} | p256dh: is required",
                "null | body: is required",
                "7 | must be",
                "[] | must be",
                "{ | not JSON"
            })
    void whatIsWrongIsNamed(String body, String detail) {
        as("lea")
                .body(body)
                .post(DEVICES)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("bad_request"))
                .body("detail", containsString(detail.strip()));
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        String megabyte = "x".repeat(1_000_000);
        as("otto")
                .body(webhook("http://localhost/").replace("}", ",\"app\":\"" + megabyte + "\"}"))
                .post(DEVICES)
                .then()
                .statusCode(400)
                .body("detail", startsWith("app: must be 1 to 100 characters"));
        as("otto")
                .body(webhook("http://localhost/" + megabyte))
                .post(DEVICES)
                .then()
                .statusCode(400)
                .body("detail", startsWith("url: must be a URL of at most 2048 characters"));
        as("otto")
                .body(webhook("http://localhost/").replace("}", ",\"ignored\":\"" + megabyte + megabyte + "\"}"))
                .post(DEVICES)
                .then()
                .statusCode(413);
    }

    private static String webhook(String url) {
        return "{\"kind\":\"webhook\",\"url\":\"" + url + "\"}";
    }
}
