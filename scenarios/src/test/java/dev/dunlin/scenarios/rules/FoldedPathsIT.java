package dev.dunlin.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.SharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a URL parser makes of an id of dots never reaches another resource: sent as bytes, since a client's parser would fold it. */
@ExtendWith(SharedSuite.class)
class FoldedPathsIT {
    private static final Set<String> CHANGING = Set.of("DELETE", "PATCH", "PUT");

    private final Suite suite;
    private final UserId alice;
    private final ChannelName room;

    FoldedPathsIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.room = names.room("folded");
    }

    private record Route(String method, String path) {}

    @Test
    void noRouteThatChangesSomethingTakesATrailingSlash() throws IOException {
        List<Route> routes = Modules.SERVICES.stream()
                .flatMap(service -> Modules.of(service).stream())
                .filter(type -> type.isAnnotatedWith("jakarta.ws.rs.Path") && !type.isInterface())
                .flatMap(FoldedPathsIT::routes)
                .toList();
        assertThat(routes).hasSizeGreaterThanOrEqualTo(14);
        String token = suite.stack().userToken(alice.value());
        for (Route route : routes) {
            String path = route.path()
                    .replaceAll("\\{channel}", room.value())
                    .replaceAll("\\{user}", alice.value())
                    .replaceAll("\\{id}", "00000000-0000-0000-0000-000000000000")
                    .replaceAll("\\{seq:[^/]*}", "1")
                    .replaceAll("\\{[^/]*}", "x");
            for (String end : List.of("/", "//", "/;a=b")) {
                assertThat(status(route.method(), path + end, token))
                        .as(route + end)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void aReactionOfDotsIsNoDeletionOfItsMessage() throws IOException {
        RestClient rest = suite.rest(alice);
        rest.publish(room, new ClientMessageId("a"), Json.tree("text")).join();
        String message = "/v1/channels/" + room + "/messages/1";
        String token = suite.stack().userToken(alice.value());
        for (String dots : List.of("..", ".", "%2e%2e", ".%2E", "%2e", "..;x")) {
            assertThat(status("DELETE", message + "/reactions/" + dots, token))
                    .as(dots)
                    .isEqualTo(400);
            assertThat(status("PUT", message + "/reactions/" + dots, token))
                    .as(dots)
                    .isEqualTo(400);
        }
        // What a WHATWG parser makes of the first two.
        assertThat(status("DELETE", message + "/", token)).isEqualTo(404);
        assertThat(status("DELETE", message + "/reactions/", token)).isEqualTo(404);
        assertThat(rest.events(room, 0).join().events()).hasSize(1);
    }

    private static Stream<Route> routes(JavaClass resource) {
        String base = value(resource.getAnnotationOfType("jakarta.ws.rs.Path").get("value"));
        return resource.getMethods().stream()
                .flatMap(method -> CHANGING.stream()
                        .filter(name -> method.isAnnotatedWith("jakarta.ws.rs." + name))
                        .map(name -> new Route(name, joined(base, own(method)))));
    }

    private static String own(JavaMethod method) {
        return method.isAnnotatedWith("jakarta.ws.rs.Path")
                ? value(method.getAnnotationOfType("jakarta.ws.rs.Path").get("value"))
                : "";
    }

    private static String value(Optional<Object> annotation) {
        return annotation.orElseThrow().toString();
    }

    private static String joined(String base, String own) {
        String path = base + "/" + own;
        return path.replaceAll("/+", "/").replaceAll("/$", "");
    }

    private int status(String method, String path, String token) throws IOException {
        int port = suite.gateway().getPort();
        try (Socket socket = new Socket("127.0.0.1", port)) {
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
