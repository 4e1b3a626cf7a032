package dev.dunlin.benchmark.server;

import dev.dunlin.benchmark.dialect.Dialect;
import dev.dunlin.benchmark.dialect.Nchan;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.Probe;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One nginx with one worker and {@code benchmark/peers/nchan.conf}. It stores nothing and knows no
 * users.
 *
 * @param processes which it closes
 */
public record NchanServer(Processes processes, URI origin) implements Server {
    /** Starts it. Blocks. */
    public static NchanServer start(Checkout checkout) throws IOException, InterruptedException {
        Processes processes = new Processes(checkout, "nchan");
        try {
            int port = processes.port("nchan");
            Path home = Files.createDirectories(processes.data().resolve("nchan"));
            Path configuration = home.resolve("nginx.conf");
            Files.writeString(
                    configuration,
                    Files.readString(checkout.root().resolve("benchmark/peers/nchan.conf"))
                            .replace("${port}", Integer.toString(port))
                            .replace("${home}", home.toString()));
            processes.start(new ProcessSpec(
                    "nchan",
                    "nchan",
                    List.of("nginx", "-p", home.toString(), "-c", configuration.toString(), "-e", "stderr"),
                    Map.of(),
                    home,
                    "127.0.0.1:" + port,
                    processes.data().resolve("logs/nchan.log"),
                    Probe.port(port),
                    Duration.ofSeconds(20),
                    StopSignal.TERM));
            return new NchanServer(processes, URI.create("http://127.0.0.1:" + port));
        } catch (IOException | InterruptedException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    @Override
    public Dialect dialect() {
        return new Nchan();
    }

    @Override
    public URI node(int number) {
        return origin;
    }

    @Override
    public Map<String, Long> pids() {
        return processes.pids();
    }

    @Override
    public void close() throws IOException {
        processes.close();
    }
}
