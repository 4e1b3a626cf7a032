package dev.dunlin.benchmark.server;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Engines;
import dev.dunlin.engines.Store;
import dev.dunlin.engines.supervise.FileTree;
import dev.dunlin.engines.supervise.Ports;
import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The processes of one server over a temporary directory, with the engines that Dunlin's own tests
 * run. {@link #close} ends them, the last first; a shutdown hook does so when the benchmark is
 * interrupted. Not thread-safe but for that.
 */
public final class Processes implements AutoCloseable {
    private final Path data;
    private final Ports ports;
    private final Engines engines;
    private final Thread hook = new Thread(this::end, "end of the server");
    private final List<RunningProcess> running = new ArrayList<>();
    private final Map<String, Long> pids = new LinkedHashMap<>();

    /**
     * Prepares the engines over a new directory; nothing runs yet.
     *
     * @param database to be in PostgreSQL
     */
    public Processes(Checkout checkout, String database) throws IOException, InterruptedException {
        this.data = Files.createTempDirectory("dunlin-benchmark");
        this.ports = new Ports(data.resolve("ports.properties"));
        this.engines = Engines.prepare(
                checkout, data, ports, List.of(database), Store.POSTGRES, line -> System.err.println("  " + line));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts the named engines, one after the other. */
    public void startEngines(String... names) throws InterruptedException {
        for (String name : names) {
            start(engines.specs().stream()
                    .filter(spec -> spec.name().equals(name))
                    .findFirst()
                    .orElseThrow());
        }
    }

    /** Starts a process and waits until it serves. */
    public void start(ProcessSpec spec) throws InterruptedException {
        RunningProcess process = RunningProcess.start(spec, new ProcessRecords(data.resolve("processes")));
        synchronized (this) {
            running.addFirst(process);
            pids.put(spec.name(), process.pid());
        }
        process.awaitReady();
        System.err.println("  " + spec.name() + " up at " + spec.url());
    }

    /** The engines, where they listen. */
    public Engines engines() {
        return engines;
    }

    /** A free port. */
    public int port(String name) {
        return ports.port(name);
    }

    /** Where the server may keep files until {@link #close}. */
    public Path data() {
        return data;
    }

    /** What was started, by name. */
    public synchronized Map<String, Long> pids() {
        return Map.copyOf(pids);
    }

    private void end() {
        try {
            stop();
        } catch (IOException e) {
            System.err.println("  " + data + " is left: " + e.getMessage());
        }
    }

    private synchronized void stop() throws IOException {
        try {
            for (RunningProcess process : running) {
                process.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.clear();
        FileTree.delete(data);
    }

    @Override
    public void close() throws IOException {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook finds nothing left to end
        }
    }
}
