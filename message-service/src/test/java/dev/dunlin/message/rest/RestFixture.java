package dev.dunlin.message.rest;

import static io.restassured.RestAssured.given;

import dev.dunlin.engines.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hamcrest.Matchers;

/** Users and channels that no other test has. */
final class RestFixture {
    final String suffix = UUID.randomUUID().toString().substring(0, 8);
    final String alice = "alice-" + suffix;
    final String bob = "bob-" + suffix;
    final String eve = "eve-" + suffix;
    final String group = "group:" + suffix;
    final String room = "room:" + suffix;

    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    /** A request of that user, whose token is the same in the whole test. */
    RequestSpecification as(String user) {
        return given().auth()
                .oauth2(tokens.computeIfAbsent(user, TestTokens::user))
                .contentType(ContentType.JSON);
    }

    /** A request of a back end. */
    RequestSpecification asServer() {
        return given().auth().oauth2(TestTokens.server("backend-" + suffix)).contentType(ContentType.JSON);
    }

    /** A request of another service. */
    RequestSpecification asService() {
        return given().auth().oauth2(TestTokens.internal("service-" + suffix)).contentType(ContentType.JSON);
    }

    /** Where {@code /q} and {@code /internal} are: the management port. */
    static String management(String path) {
        Config config = ConfigProvider.getConfig();
        return "http://localhost:" + config.getValue("quarkus.management.test-port", Integer.class) + path;
    }

    /** Creates {@code group} of alice and bob. */
    void createGroup() {
        as(alice)
                .body("{\"channel\":\"" + group + "\",\"members\":[\"" + bob + "\"]}")
                .post("/v1/channels")
                .then()
                .statusCode(201);
    }

    Response publish(String user, String channel, String id, String data) {
        return as(user).body("{\"id\":\"" + id + "\",\"data\":" + data + "}")
                .post("/v1/channels/" + channel + "/messages");
    }

    /** Checks the shape of a problem document. */
    static void assertProblem(Response response, int status, String code, String detail) {
        ValidatableResponse checked = response.then();
        checked.statusCode(status)
                .contentType("application/problem+json")
                .body("code", Matchers.equalTo(code))
                .body("status", Matchers.equalTo(status))
                .body("detail", Matchers.containsString(detail));
    }
}
