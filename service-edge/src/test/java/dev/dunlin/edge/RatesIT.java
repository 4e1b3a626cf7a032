package dev.dunlin.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rates of addresses and users. Each test uses its own addresses and users. */
@QuarkusTest
@WithTestResource(EnginesTestResource.class)
@TestProfile(RatesIT.Slow.class)
@SuppressWarnings("NullAway.Init") // fields are injected before any method runs
class RatesIT {
    /** So slow that no token returns during a test. The address has its former key. */
    public static final class Slow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "dunlin.rate.per-address", "1",
                    "dunlin.rate.per-address-burst", "40",
                    "dunlin.rate.per-user", "1",
                    "dunlin.rate.per-user-burst", "10",
                    "dunlin.handshake.forwarded-for", "true");
        }
    }

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private static final AtomicInteger ADDRESSES = new AtomicInteger(1);

    private static String address() {
        return "198.51.100." + ADDRESSES.getAndIncrement();
    }

    @Test
    void userIsRefusedWithAProblemThatSaysWhenToComeBack() {
        String eve = TestTokens.user("eve-of-rates");
        Response refusal = firstRefusal(eve, address());
        assertThat(refusal.contentType()).startsWith("application/problem+json");
        assertThat(refusal.path("code").toString()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(refusal.header("Retry-After"))).isPositive();
        assertThat(get(TestTokens.user("bob-of-rates"), address()).statusCode()).isEqualTo(200);
    }

    @Test
    void junkOfOneAddressIsRefusedBeforeItsTokenIsLookedAtAndOthersAreServed() {
        String junk = address();
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            int status = get("junk" + i, junk).statusCode();
            assertThat(status).isIn(401, 429);
            refused += status == 429 ? 1 : 0;
        }
        assertThat(refused).isPositive();
        assertThat(firstRefusal(TestTokens.user("carol-of-rates"), junk)
                        .path("detail")
                        .toString())
                .contains("address");
        assertThat(get(TestTokens.user("carol-of-rates"), address()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void backEndIsNotBoundedOnceItsTokenWasVerified() {
        String backEnd = TestTokens.server("backend");
        String address = address();
        for (int i = 0; i < 100; i++) {
            assertThat(get(backEnd, address).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void callsOfOtherServicesAreNotBounded() {
        String service = TestTokens.internal("service-of-rates");
        for (int i = 0; i < 100; i++) {
            given().header("Authorization", "Bearer " + service)
                    .get(management.resolve("/internal/who"))
                    .then()
                    .statusCode(200);
        }
    }

    private static Response firstRefusal(String token, String address) {
        for (int i = 0; i < 60; i++) {
            Response response = get(token, address);
            if (response.statusCode() == 429) {
                return response;
            }
        }
        throw new AssertionError("60 requests were served");
    }

    /** The client forges an address; the gateway appends the real one. */
    private static Response get(String token, String address) {
        return given().header("Authorization", "Bearer " + token)
                .header("X-Forwarded-For", "203.0.113.1, " + address)
                .get("/channels/group:eng");
    }
}
