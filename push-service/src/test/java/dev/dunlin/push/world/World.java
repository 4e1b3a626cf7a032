package dev.dunlin.push.world;

import static io.restassured.RestAssured.given;

import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.engines.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.security.GeneralSecurityException;

/** What is around the service under test. */
public record World(Peers peers, PushEndpoint push, ChannelEvents events) implements AutoCloseable {
    /** A request of that user. */
    public static RequestSpecification as(String user) {
        return given().auth().oauth2(TestTokens.user(user)).contentType(ContentType.JSON);
    }

    /** A browser of that user, subscribed and registered. */
    public PushEndpoint.Browser browserOf(String user) {
        String key = as(user).get("/v1/push/vapid-public-key")
                .then()
                .statusCode(200)
                .extract()
                .path("key");
        try {
            PushEndpoint.Browser browser = push.browser(key);
            as(user).body("{\"kind\":\"webpush\",\"key\":\"" + key + "\",\"subscription\":" + browser.json() + "}")
                    .post("/v1/devices")
                    .then()
                    .statusCode(201);
            return browser;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A webhook of that user, registered; {@code prefs} in JSON. */
    public PushEndpoint.Hook hookOf(String user, String prefs) {
        PushEndpoint.Hook hook = push.hook("the secret of " + user + " and nobody else");
        as(user).body("""
                {"kind":"webhook","url":"%s","secret":"%s","prefs":%s}""".formatted(hook.url(), hook.secret(), prefs))
                .post("/v1/devices")
                .then()
                .statusCode(201);
        return hook;
    }

    @Override
    public void close() {
        peers.close();
        push.close();
        events.close();
    }
}
