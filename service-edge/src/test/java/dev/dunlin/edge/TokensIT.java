package dev.dunlin.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestClaims;
import dev.dunlin.engines.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which tokens REST accepts. For links see {@code TokenRulesIT} of connection-service. */
@QuarkusTest
@WithTestResource(EnginesTestResource.class)
class TokensIT {
    @Test
    void onlyTheClaimScopeGivesAScope() {
        assertThat(grant(TestClaims.of("eve").with("groups", "[\"server\"]"))).isEqualTo("NONE");
        assertThat(grant(TestClaims.of("eve").with("groups", "[\"server\"]").with("scope", "\"openid\"")))
                .isEqualTo("NONE");
        assertThat(grant(TestClaims.of("eve").with("scope", "\"openid server\"")))
                .isEqualTo("SERVER");
        assertThat(grant(TestClaims.of("eve").with("scope", "[\"openid\",\"server\"]")))
                .isEqualTo("SERVER");
        assertThat(grant(TestClaims.of("eve").with("scope", "\"server\"").with("groups", "[\"user\"]")))
                .isEqualTo("SERVER");
        given().auth()
                .oauth2(TestClaims.of("eve")
                        .with("groups", "[\"server\",\"internal\"]")
                        .sign("JWT"))
                .get("/forward")
                .then()
                .statusCode(403);
    }

    @Test
    void tokensThatBreakARuleAreUnauthenticated() {
        for (TestClaims wrong : TestClaims.broken("eve")) {
            given().auth()
                    .oauth2(wrong.sign("JWT"))
                    .get("/channels/group:eng")
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("unauthenticated"));
        }
        for (String type : List.of("id+jwt", "JOSE", "dpop+jwt")) {
            given().auth()
                    .oauth2(TestClaims.of("eve").sign(type))
                    .get("/channels/group:eng")
                    .then()
                    .statusCode(401);
        }
        for (String type : List.of("", "at+jwt", "application/at+JWT")) {
            assertThat(given().auth()
                            .oauth2(TestClaims.of("eve").sign(type))
                            .get("/channels/group:eng")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void plainTestTokensAreGood() {
        assertThat(given().auth()
                        .oauth2(TestTokens.user("eve"))
                        .get("/channels/group:eng")
                        .statusCode())
                .isEqualTo(200);
    }

    private static String grant(TestClaims claims) {
        return given().auth()
                .oauth2(claims.sign("JWT"))
                .get("/channels/group:eng")
                .then()
                .statusCode(200)
                .extract()
                .path("grant");
    }
}
