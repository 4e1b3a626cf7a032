package dev.dunlin.engines.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A master, its replica and a Sentinel that promotes the replica. They belong to one test and run
 * the executable of the shared Redis. Every method blocks.
 */
public final class OwnSentinel implements AutoCloseable {
    private static final String MASTER_NAME = "dunlin";

    /** The master, the replica, and the Sentinel: in the order of their start. */
    private final List<RedisProcess> processes = new ArrayList<>();

    private OwnSentinel() {}

    /** Starts them on free ports, and waits until the Sentinel could promote the replica. */
    public static OwnSentinel start() throws IOException, InterruptedException {
        OwnSentinel started = new OwnSentinel();
        try {
            started.startAll();
            return started;
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** Of the Sentinel, as {@code redis://host:port}. */
    public String uri() {
        return sentinel().uri();
    }

    /** What the Sentinel calls the master. */
    public String masterName() {
        return MASTER_NAME;
    }

    /** Of the master from the start, and not of the promoted one. */
    public int masterPort() {
        return master().port();
    }

    /** Kills the master with SIGKILL and waits for its end. */
    public void killMaster() throws InterruptedException {
        master().kill();
    }

    /**
     * Starts the killed master again, empty. The Sentinel makes it a replica of the promoted one.
     */
    public void restartMaster() throws IOException, InterruptedException {
        master().restart();
    }

    /** Waits until the replica is the master and the Sentinel names it. */
    public void awaitPromotion() throws IOException, InterruptedException {
        RedisProcess replica = processes.get(1);
        replica.await("ROLE", role -> role.contains("master"));
        sentinel()
                .await(
                        "SENTINEL GET-MASTER-ADDR-BY-NAME " + MASTER_NAME,
                        address -> address.contains(Integer.toString(replica.port())));
    }

    @Override
    public void close() {
        processes.reversed().forEach(RedisProcess::close);
    }

    private void startAll() throws IOException, InterruptedException {
        RedisProcess master = RedisProcess.server(RedisProcess.freePort(), "--repl-diskless-sync-delay", "0");
        processes.add(master);
        processes.add(RedisProcess.server(RedisProcess.freePort(), "--replicaof", "127.0.0.1 " + master.port()));
        // Before the Sentinel: it asks for replicas at once, and then only every 10 s.
        master.await("INFO replication", info -> info.contains("state=online"));
        processes.add(RedisProcess.sentinel(RedisProcess.freePort(), """
                        sentinel monitor %1$s 127.0.0.1 %2$d 1
                        sentinel down-after-milliseconds %1$s 1000
                        sentinel failover-timeout %1$s 3000
                        """.formatted(MASTER_NAME, master.port())));
        sentinel()
                .await(
                        "SENTINEL REPLICAS " + MASTER_NAME,
                        replicas -> replicas.contains("master-link-status\r\n$2\r\nok"));
    }

    private RedisProcess master() {
        return processes.getFirst();
    }

    private RedisProcess sentinel() {
        return processes.getLast();
    }
}
