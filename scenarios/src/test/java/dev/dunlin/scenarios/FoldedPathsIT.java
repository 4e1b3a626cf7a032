package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.Route;
import dev.dunlin.scenarios.suite.SharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a URL parser makes of an id of dots never reaches another resource: sent as bytes, since a client's parser would fold it. */
@ExtendWith(SharedSuite.class)
class FoldedPathsIT {
    private static final String MESSAGES = "message-service";
    private static final Set<String> CHANGING = Set.of("DELETE", "PATCH", "PUT");

    private final Suite suite;
    private final UserId alice;
    private final ChannelName room;

    FoldedPathsIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.room = names.room("folded");
    }

    @Test
    void noRouteThatChangesSomethingTakesATrailingSlash() throws IOException {
        String token = suite.stack().userToken(alice.value());
        int tried = 0;
        for (Route route : Route.ofAllServices()) {
            String path = route.at(room.value(), alice.value());
            for (String method : CHANGING) {
                if (route.methods().contains(method)) {
                    for (String end : List.of("/", "//", "/;a=b")) {
                        assertThat(status(route.process(), method, path + end, token))
                                .as(method + " " + path + end)
                                .isEqualTo(404);
                        tried++;
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(30);
    }

    @Test
    void aReactionOfDotsIsNoDeletionOfItsMessage() throws IOException {
        RestClient rest = suite.rest(alice);
        rest.publish(room, new ClientMessageId("a"), Json.tree("text")).join();
        String message = "/v1/channels/" + room + "/messages/1";
        String token = suite.stack().userToken(alice.value());
        for (String dots : List.of("..", ".", "%2e%2e", ".%2E", "%2e", "..;x")) {
            assertThat(status(MESSAGES, "DELETE", message + "/reactions/" + dots, token))
                    .as(dots)
                    .isEqualTo(400);
            assertThat(status(MESSAGES, "PUT", message + "/reactions/" + dots, token))
                    .as(dots)
                    .isEqualTo(400);
        }
        // What a WHATWG parser makes of the first two.
        assertThat(status(MESSAGES, "DELETE", message + "/", token)).isEqualTo(404);
        assertThat(status(MESSAGES, "DELETE", message + "/reactions/", token)).isEqualTo(404);
        assertThat(rest.events(room, 0).join().events()).hasSize(1);
    }

    private int status(String process, String method, String path, String token) throws IOException {
        int port = URI.create(suite.stack().url(process)).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Suite.DEADLINE.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(
                    (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token
                                    + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return statusOf(socket.getInputStream());
        }
    }

    private static int statusOf(InputStream in) throws IOException {
        String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        return Integer.parseInt(line.substring(line.indexOf(' ') + 1).strip());
    }
}
