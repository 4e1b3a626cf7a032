package dev.dunlin.engines;

import dev.dunlin.engines.supervise.Probe;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import dev.dunlin.engines.tokens.PrivateFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A redis-server with an append-only file, so that its data survive a restart. */
record RedisEngine(
        Path executable, Path data, int port, @Nullable EngineSecurity security) {
    ProcessSpec spec(Path log) throws IOException {
        Files.createDirectories(data);
        return new ProcessSpec(
                "redis",
                "redis",
                List.of(executable.toString(), configuration().toString()),
                Map.of(),
                data,
                "127.0.0.1:" + port,
                log,
                security == null ? ping() : Probe.port(port),
                Duration.ofSeconds(30),
                StopSignal.TERM);
    }

    private Path configuration() throws IOException {
        String text = """
                bind 127.0.0.1
                dir "%s"
                appendonly yes
                save ""
                """.formatted(data) + (security == null ? "port " + port + "\n" : security(security));
        Path file = data.resolve("redis.conf");
        PrivateFile.write(file, text);
        return file;
    }

    private String security(EngineSecurity by) {
        return """
                port 0
                tls-port %d
                tls-cert-file "%s"
                tls-key-file "%s"
                tls-auth-clients no
                user default off
                user %s on >%s ~* &* +@all
                """.formatted(port, by.certificate(), by.key(), EngineAddresses.USER, by.password());
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
