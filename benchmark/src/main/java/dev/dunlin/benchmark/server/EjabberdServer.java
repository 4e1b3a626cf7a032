package dev.dunlin.benchmark.server;

import dev.dunlin.benchmark.dialect.Dialect;
import dev.dunlin.benchmark.dialect.Xmpp;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.EngineAddresses;
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
import java.util.stream.Stream;

/**
 * One ejabberd with {@code benchmark/peers/ejabberd.yml} and its own PostgreSQL. It runs without
 * the Erlang distribution, so that neither {@code epmd} nor a node of the system is touched.
 */
public final class EjabberdServer implements Server {
    private static final String DATABASE = "ejabberd";
    private static final Path SCHEMA = Path.of("/usr/share/ejabberd/sql/pg.sql");

    private final Processes processes;
    private final URI origin;

    private EjabberdServer(Processes processes, URI origin) {
        this.processes = processes;
        this.origin = origin;
    }

    /** Starts PostgreSQL and ejabberd. Blocks. */
    public static EjabberdServer start(Checkout checkout) throws IOException, InterruptedException {
        Processes processes = new Processes(checkout, DATABASE);
        try {
            processes.startEngines("postgres");
            SqlScript.run(processes.engines().addresses(), DATABASE, SCHEMA);
            int port = processes.port("ejabberd");
            processes.start(spec(checkout, processes, port));
            return new EjabberdServer(processes, URI.create("http://127.0.0.1:" + port));
        } catch (IOException | InterruptedException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    private static ProcessSpec spec(Checkout checkout, Processes processes, int port) throws IOException {
        Path home = Files.createDirectories(processes.data().resolve("ejabberd"));
        EngineAddresses engines = processes.engines().addresses();
        Path configuration = home.resolve("ejabberd.yml");
        Files.writeString(
                configuration,
                Files.readString(checkout.root().resolve("benchmark/peers/ejabberd.yml"))
                        .replace("${port}", Integer.toString(port))
                        .replace("${postgresPort}", Integer.toString(engines.postgresPort()))
                        .replace("${user}", EngineAddresses.USER)
                        .replace("${password}", engines.password()));
        // As ejabberdctl of Debian has it, but for the name of the node.
        return new ProcessSpec(
                "ejabberd",
                "ejabberd",
                List.of(
                        "erl",
                        "+K",
                        "true",
                        "+P",
                        "250000",
                        "-noinput",
                        "-mnesia",
                        "dir",
                        "\"" + home.resolve("spool") + "\"",
                        "-s",
                        "ejabberd"),
                Map.of(
                        "EJABBERD_CONFIG_PATH",
                        configuration.toString(),
                        "EJABBERD_LOG_PATH",
                        home.resolve("ejabberd.log").toString(),
                        "ERL_LIBS",
                        libraries(),
                        "ERL_CRASH_DUMP",
                        home.resolve("crash").toString(),
                        "HOME",
                        home.toString()),
                home,
                "127.0.0.1:" + port,
                processes.data().resolve("logs/ejabberd.log"),
                Probe.port(port),
                Duration.ofSeconds(60),
                StopSignal.TERM);
    }

    /** Where Debian keeps ejabberd's own code, by the architecture. */
    private static String libraries() throws IOException {
        try (Stream<Path> directories = Files.list(Path.of("/usr/lib"))) {
            return directories
                    .filter(directory -> directory.toString().endsWith("-linux-gnu"))
                    .filter(EjabberdServer::holdsEjabberd)
                    .map(Path::toString)
                    .findFirst()
                    .orElseThrow(() -> new IOException("ejabberd's code is not below /usr/lib/*-linux-gnu"));
        }
    }

    private static boolean holdsEjabberd(Path directory) {
        String[] names = directory.toFile().list((parent, name) -> name.startsWith("ejabberd-"));
        return names != null && names.length > 0;
    }

    @Override
    public Dialect dialect() {
        return new Xmpp(true);
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
