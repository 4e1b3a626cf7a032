package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Handshakes are counted for their address before their tokens are looked at, and before the node's
 * own bound.
 */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
@TestProfile(AddressRatesIT.FewHandshakes.class)
class AddressRatesIT extends NodeIT {
    /** A node that one busy address could keep from everybody else. */
    public static final class FewHandshakes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "dunlin.http.forwarded-for", "true",
                    "dunlin.rate.per-address", "5",
                    "dunlin.rate.per-address-burst", "10",
                    "dunlin.handshake.per-second", "40");
        }
    }

    @Test
    void addressThatShowsJunkTakesNobodyElsesTurn() throws Exception {
        for (int round = 0; round < 5; round++) {
            int refused = 0;
            for (int i = 0; i < 100; i++) {
                int status = poll("junk", "198.51.100.1", "room:any").statusCode();
                assertThat(status).isIn(401, 429);
                refused += status == 429 ? 1 : 0;
            }
            assertThat(refused).isPositive();
            String channel = own("room:quiet");
            peer.channel(channel);
            assertThat(poll(TestTokens.user(own("bob")), "198.51.100." + (2 + round), channel)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private HttpResponse<String> poll(String token, String address, String channel)
            throws IOException, InterruptedException {
        return client().send(
                        HttpRequest.newBuilder(http("/v1/poll?timeout=1&channel=" + channel))
                                .header("Authorization", "Bearer " + token)
                                .header("X-Forwarded-For", address)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
