package dev.dunlin.engines.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsIT {
    @TempDir
    Path directory = Path.of("");

    @Test
    void aPortIsTheSameAfterARestart() {
        int port = ports().port("kafka");

        assertThat(ports().port("kafka")).isEqualTo(port);
    }

    @Test
    void twoNamesHaveTwoPorts() {
        Ports ports = ports();

        assertThat(ports.port("kafka")).isNotEqualTo(ports.port("redis"));
    }

    @Test
    void aPortThatIsTakenMeanwhileIsGivenUp() throws IOException {
        int port = ports().port("kafka");
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(other.getLocalPort())).isFalse();
            assertThat(ports().port("kafka")).isNotEqualTo(port);
        }
    }

    private Ports ports() {
        return new Ports(directory.resolve("ports.properties"));
    }
}
