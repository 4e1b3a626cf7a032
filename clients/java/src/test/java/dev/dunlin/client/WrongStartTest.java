package dev.dunlin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What somebody sees who starts a client in the wrong way, on the client's own thread. */
class WrongStartTest {
    private static final long SOON_SECONDS = 20;

    @Test
    void aTokenSourceThatReturnsJsonStopsTheClientWithOneSentence() {
        try (DunlinClient client =
                DunlinClient.at(URI.create("http://localhost:1"), () -> "{}").build()) {
            assertThatThrownBy(() -> client.connect().get(SOON_SECONDS, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(RequestFailed.class)
                    .hasMessageContaining("the token source returned a JSON object instead of a token");
        }
    }

    @Test
    void aPortWhereNothingListensIsNamed() throws Exception {
        URI origin = URI.create("http://localhost:" + closedPort());
        CompletableFuture<String> why = new CompletableFuture<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void onState(ConnectionState state) {
                if (state instanceof ConnectionState.Waiting waiting) {
                    why.complete(waiting.why());
                }
            }
        };
        try (DunlinClient client =
                DunlinClient.at(origin, () -> "token").listener(listener).build()) {
            CompletableFuture<?> connected = client.connect();
            assertThat(why.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo("nothing listens at " + origin);
            assertThat(connected).isNotDone();
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
