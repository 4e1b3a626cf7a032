package dev.dunlin.engines.testing;

import java.io.IOException;

/**
 * A Redis that belongs to one test, so that the test may stop it. It runs the executable of the
 * shared Redis. Every method blocks.
 */
public final class OwnRedis implements AutoCloseable {
    private final RedisProcess process;

    private OwnRedis(RedisProcess process) {
        this.process = process;
    }

    /** Starts it on a free port, and waits until it answers. */
    public static OwnRedis start() throws IOException, InterruptedException {
        return new OwnRedis(RedisProcess.server(RedisProcess.freePort()));
    }

    /** As {@code redis://host:port}. */
    public String uri() {
        return process.uri();
    }

    public int port() {
        return process.port();
    }

    /** The id of its process. It changes with {@link #restart}. */
    public long pid() {
        return process.pid();
    }

    /** Suspends the process with SIGSTOP. Its connections stay open. */
    public void freeze() throws IOException, InterruptedException {
        RedisProcess.signal(pid(), "STOP");
    }

    /** Resumes the process with SIGCONT. */
    public void thaw() throws IOException, InterruptedException {
        RedisProcess.signal(pid(), "CONT");
    }

    /** Kills the process with SIGKILL and waits for its end. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts the process again on the same port, empty. */
    public void restart() throws IOException, InterruptedException {
        process.restart();
    }

    /**
     * Sends one command, written as on a command line, and returns the answers to it and to QUIT.
     */
    public String ask(String command) throws IOException {
        return process.ask(command);
    }

    @Override
    public void close() {
        process.close();
    }
}
