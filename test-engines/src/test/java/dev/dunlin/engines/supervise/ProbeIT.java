package dev.dunlin.engines.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeIT {
    private final HttpServer server;

    ProbeIT() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aProcessThatAnswersWith200IsReady() throws IOException, InterruptedException {
        answer(200);
        assertThat(probe().ready()).isTrue();
    }

    @Test
    void aProcessThatAnswersWith503IsNotReady() throws IOException, InterruptedException {
        answer(503);
        assertThat(probe().ready()).isFalse();
    }

    @Test
    void aPortWhereNothingListensCannotBeAsked() {
        Probe probe = probe();
        server.stop(0);
        assertThatThrownBy(probe::ready).isInstanceOf(IOException.class);
    }

    private Probe probe() {
        return Probe.http(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ready"));
    }

    private void answer(int status) {
        server.createContext("/ready", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }
}
