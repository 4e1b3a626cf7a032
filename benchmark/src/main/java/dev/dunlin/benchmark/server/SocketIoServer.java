package dev.dunlin.benchmark.server;

import dev.dunlin.benchmark.dialect.Dialect;
import dev.dunlin.benchmark.dialect.SocketIo;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.EngineAddresses;
import dev.dunlin.engines.supervise.Probe;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Two nodes of {@code benchmark/peers/socketio-server.mjs} over a PostgreSQL and a Redis of their
 * own: what a team would build with Socket.IO.
 */
public final class SocketIoServer implements Server {
    private static final String DATABASE = "socketio";

    private final Processes processes;
    private final List<URI> nodes;

    private SocketIoServer(Processes processes, List<URI> nodes) {
        this.processes = processes;
        this.nodes = nodes;
    }

    /** Where the scripts are, and what npm installs. */
    static Path directory(Checkout checkout) {
        return checkout.root().resolve("benchmark/peers");
    }

    /** Starts the engines and both nodes. Blocks. */
    public static SocketIoServer start(Checkout checkout) throws IOException, InterruptedException {
        Processes processes = new Processes(checkout, DATABASE);
        try {
            processes.startEngines("postgres", "redis");
            SqlScript.run(
                    processes.engines().addresses(),
                    DATABASE,
                    directory(checkout).resolve("socketio.sql"));
            List<URI> nodes = List.of(node(checkout, processes, 1), node(checkout, processes, 2));
            return new SocketIoServer(processes, nodes);
        } catch (IOException | InterruptedException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    private static URI node(Checkout checkout, Processes processes, int number) throws InterruptedException {
        String name = "node-" + number;
        int port = processes.port(name);
        EngineAddresses engines = processes.engines().addresses();
        processes.start(new ProcessSpec(
                name,
                "socket.io",
                List.of("node", "socketio-server.mjs"),
                Map.of(
                        "PORT",
                        Integer.toString(port),
                        "REDIS",
                        engines.redisUri(),
                        "PG",
                        "postgres://%s:%s@127.0.0.1:%d/%s"
                                .formatted(EngineAddresses.USER, engines.password(), engines.postgresPort(), DATABASE),
                        "NODE_ENV",
                        "production"),
                directory(checkout),
                "127.0.0.1:" + port,
                processes.data().resolve("logs/" + name + ".log"),
                Probe.port(port),
                Duration.ofSeconds(30),
                StopSignal.TERM));
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public Dialect dialect() {
        return new SocketIo();
    }

    @Override
    public URI node(int number) {
        return nodes.get(number - 1);
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
