package dev.dunlin.engines.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A Redis Cluster of three masters without replicas that belongs to one test. It runs the
 * executable of the shared Redis. Every method blocks.
 */
public final class OwnRedisCluster implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final int NODE_TIMEOUT_MILLIS = 1_000;

    private final List<RedisProcess> masters;

    private OwnRedisCluster(List<RedisProcess> masters) {
        this.masters = masters;
    }

    /** Starts the masters on free ports, and waits until they serve all slots. */
    public static OwnRedisCluster start() throws IOException, InterruptedException {
        OwnRedisCluster cluster = new OwnRedisCluster(new ArrayList<>());
        try {
            cluster.startMasters();
            cluster.awaitHealth();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Of the masters, each as {@code redis://host:port}. */
    public List<String> uris() {
        return masters.stream().map(RedisProcess::uri).toList();
    }

    /** Suspends that master with SIGSTOP. Its connections stay open. */
    public void freeze(int master) throws IOException, InterruptedException {
        RedisProcess.signal(masters.get(master).pid(), "STOP");
    }

    /** Resumes that master with SIGCONT. */
    public void thaw(int master) throws IOException, InterruptedException {
        RedisProcess.signal(masters.get(master).pid(), "CONT");
    }

    /** Kills that master with SIGKILL and waits for its end. Its slots are not served then. */
    public void kill(int master) throws InterruptedException {
        masters.get(master).kill();
    }

    /** Starts that master again, with its slots and without keys. Does not wait for the cluster. */
    public void restart(int master) throws IOException, InterruptedException {
        masters.get(master).restart();
    }

    /**
     * Sends that master one command, written as on a command line, and returns the answers to it
     * and to QUIT.
     */
    public String ask(int master, String command) throws IOException {
        return masters.get(master).ask(command);
    }

    /** Waits until every master serves and sees all slots served. */
    public void awaitHealth() throws IOException, InterruptedException {
        for (RedisProcess master : masters) {
            master.await(
                    "CLUSTER INFO",
                    info -> info.contains("cluster_state:ok")
                            && info.contains("cluster_slots_ok:" + SLOTS)
                            && info.contains("cluster_known_nodes:" + MASTERS));
        }
    }

    @Override
    public void close() {
        masters.forEach(RedisProcess::close);
    }

    private void startMasters() throws IOException, InterruptedException {
        List<Integer> busPorts = new ArrayList<>();
        for (int i = 0; i < MASTERS; i++) {
            int busPort = RedisProcess.freePort();
            RedisProcess master = RedisProcess.server(
                    RedisProcess.freePort(),
                    "--cluster-enabled",
                    "yes",
                    "--cluster-port", // by default 10,000 above the port, which may not exist
                    Integer.toString(busPort),
                    "--cluster-announce-ip",
                    "127.0.0.1",
                    "--cluster-node-timeout",
                    Integer.toString(NODE_TIMEOUT_MILLIS));
            masters.add(master);
            busPorts.add(busPort);
            require(master.ask(
                    "CLUSTER ADDSLOTSRANGE %d %d".formatted(i * SLOTS / MASTERS, (i + 1) * SLOTS / MASTERS - 1)));
        }
        for (int i = 1; i < MASTERS; i++) {
            require(masters.getFirst()
                    .ask("CLUSTER MEET 127.0.0.1 %d %d".formatted(masters.get(i).port(), busPorts.get(i))));
        }
    }

    private static void require(String answer) throws IOException {
        if (!answer.startsWith("+OK")) {
            throw new IOException(answer);
        }
    }
}
