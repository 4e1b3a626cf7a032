package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.RawHttp;
import dev.dunlin.scenarios.suite.Route;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * An id of dots never reaches another resource, whatever a URL parser makes of it. The paths are
 * sent as bytes, since the parser of a client would fold them.
 */
@OnSharedSuite
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
        String head = RawHttp.headWithBody(
                URI.create(suite.stack().url(process)),
                method + " " + path + " HTTP/1.1",
                "{}",
                "Authorization: Bearer " + token,
                "Content-Type: application/json",
                "Content-Length: 2");
        return Integer.parseInt(head.split(" ", 3)[1]);
    }
}
