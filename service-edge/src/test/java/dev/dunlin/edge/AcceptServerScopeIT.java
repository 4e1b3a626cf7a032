package dev.dunlin.edge;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** During an upgrade, {@code /internal} accepts both kinds of service token, and no user. */
@QuarkusTest
@TestProfile(AcceptServerScopeIT.InTransition.class)
@WithTestResource(EnginesTestResource.class)
class AcceptServerScopeIT {
    @TestHTTPResource(value = "/", management = true)
    @SuppressWarnings("NullAway.Init") // injected
    URI management;

    /** The setting that an operator uses during the upgrade. */
    public static final class InTransition implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("dunlin.internal.accept-server-scope", "true");
        }
    }

    @Test
    void bothKindsOfServiceTokenAreAccepted() {
        for (String token : List.of(TestTokens.server("old"), TestTokens.internal("new"))) {
            given().auth()
                    .oauth2(token)
                    .get(management.resolve("/internal/who"))
                    .then()
                    .statusCode(200);
        }
        given().auth()
                .oauth2(TestTokens.server("old"))
                .get("/channels/group:eng")
                .then()
                .statusCode(200)
                .body("grant", equalTo("SERVER"));
    }

    @Test
    void servicesOfTheVersionBeforeStillCallThePublicPort() {
        given().auth()
                .oauth2(TestTokens.server("old"))
                .get("/internal/who")
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(TestTokens.user("alice"))
                .get("/internal/who")
                .then()
                .statusCode(403);
    }

    @Test
    void usersStayOutAndTheInternalOneStaysIn() {
        given().auth()
                .oauth2(TestTokens.user("alice"))
                .get(management.resolve("/internal/who"))
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(TestTokens.internal("new"))
                .get("/channels/group:eng")
                .then()
                .statusCode(403);
    }
}
