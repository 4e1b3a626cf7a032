package dev.dunlin.localstack.engines;

import dev.dunlin.localstack.supervise.Probe;
import dev.dunlin.localstack.supervise.ProcessSpec;
import dev.dunlin.localstack.supervise.ProcessSpec.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A redis-server with an append-only file, so that its data survive a restart. */
record RedisEngine(Path executable, Path data, int port) {
    ProcessSpec spec(Path log) throws IOException {
        Files.createDirectories(data);
        return new ProcessSpec(
                "redis",
                "redis",
                List.of(
                        executable.toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        data.toString(),
                        "--appendonly",
                        "yes",
                        "--save",
                        ""),
                Map.of(),
                data,
                "127.0.0.1:" + port,
                log,
                ping(),
                Duration.ofSeconds(30),
                StopSignal.TERM);
    }

    private Probe ping() {
        return () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(Math.toIntExact(Probe.TIMEOUT.toMillis()));
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                byte[] answer = socket.getInputStream().readNBytes(5);
                return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
            }
        };
    }
}
