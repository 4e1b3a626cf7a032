package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.peer.PackagedNode;
import dev.dunlin.connection.peer.SharedNode;
import dev.dunlin.engines.testing.BesideQuarkus;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP connections that clients, health checkers and scrapers keep and use again. */
@BesideQuarkus
@ExtendWith(SharedNode.class)
class KeptConnectionsIT {
    private static final long LONGER_THAN_A_FIRST_REQUEST = 11_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    private final PackagedNode node;

    KeptConnectionsIT(PackagedNode node) {
        this.node = node;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionIsKeptForLongerThanItsFirstRequestMayTake(boolean management) throws Exception {
        int port = management ? node.managementPort() : node.tlsPort();
        int status = management ? 200 : 404;
        try (Socket socket = node.certificate().trust().getSocketFactory().createSocket("localhost", port)) {
            assertThat(health(socket)).isEqualTo(status);
            Thread.sleep(LONGER_THAN_A_FIRST_REQUEST); // the deadline must not come
            assertThat(health(socket)).isEqualTo(status);
        }
    }

    /** Asks for the health, and returns the status. */
    private static int health(Socket socket) throws IOException {
        String request = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int read = socket.getInputStream().read();
            assertThat(read).as("the connection ended after '%s'", head).isNotNegative();
            head.append((char) read);
        }
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).as(head.toString()).isTrue();
        socket.getInputStream().skipNBytes(Long.parseLong(length.group(1)));
        return Integer.parseInt(head.substring(9, 12));
    }
}
