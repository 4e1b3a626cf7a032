package dev.dunlin.benchmark.server;

import dev.dunlin.benchmark.dialect.Bare;
import dev.dunlin.benchmark.dialect.Dialect;
import dev.dunlin.benchmark.floor.UpgradeLoop;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import dev.dunlin.engines.supervise.Probe;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The floor of a handshake: {@link UpgradeLoop} in a separate process.
 *
 * @param processes which it closes
 */
public record BareServer(Processes processes, URI origin) implements Server {
    /** Starts it. Blocks. */
    public static BareServer start(Checkout checkout) throws IOException, InterruptedException {
        Processes processes = new Processes(checkout, "floor");
        try {
            int port = processes.port("floor");
            processes.start(new ProcessSpec(
                    "floor",
                    "floor",
                    List.of(
                            JavaCommand.executable().toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            UpgradeLoop.class.getName(),
                            Integer.toString(port)),
                    Map.of(),
                    checkout.root(),
                    "127.0.0.1:" + port,
                    processes.data().resolve("logs/floor.log"),
                    Probe.port(port),
                    Duration.ofSeconds(30),
                    StopSignal.TERM));
            return new BareServer(processes, URI.create("http://127.0.0.1:" + port));
        } catch (InterruptedException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    @Override
    public Dialect dialect() {
        return new Bare();
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
