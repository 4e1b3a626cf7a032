package dev.dunlin.checker.nemesis;

import dev.dunlin.engines.Store;
import dev.dunlin.engines.supervise.Health;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.localstack.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes of a local stack. Thread-safe. */
public final class StackVictims implements Victims {
    private static final Duration HEALING = Duration.ofMinutes(4);
    private static final Duration FLUSHING = Duration.ofSeconds(5);
    private static final String FLUSHED = "+OK";
    private static final int STARTS = 3;
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final LocalStack stack;
    private final Store store;

    /** {@code store}: where messages are stored. */
    public StackVictims(LocalStack stack, Store store) {
        this.stack = stack;
        this.store = store;
    }

    @Override
    public List<String> of(Target target) {
        return switch (target) {
            case CONNECTION -> named("connection-");
            case MESSAGE -> named("message-service");
            case PRESENCE -> named("presence-service");
            case PUSH -> named("push-service");
            case REDIS -> List.of("redis");
            case STORE -> List.of(store.text());
            case KAFKA -> List.of("kafka");
            case PROVIDER -> List.of("provider");
        };
    }

    private List<String> named(String prefix) {
        return stack.names().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public boolean isRunning(String name) throws InterruptedException {
        return switch (stack.health(name)) {
            case UP, UNREADY -> true;
            case STARTING, RESTARTING, STOPPED, DEV -> false;
        };
    }

    @Override
    public boolean kill(String name) throws InterruptedException {
        return stack.kill(name);
    }

    @Override
    public boolean suspend(String name) throws InterruptedException {
        return stack.suspend(name);
    }

    @Override
    public boolean flush(String name) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), stack.engines().redisPort())) {
            socket.setSoTimeout(Math.toIntExact(FLUSHING.toMillis()));
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(FLUSHED.length());
            return new String(answer, StandardCharsets.US_ASCII).equals(FLUSHED);
        } catch (IOException e) {
            return false; // another strike stopped or killed it
        }
    }

    @Override
    public void resume(String name) throws InterruptedException {
        stack.resume(name);
    }

    @Override
    public boolean restart(String name) throws InterruptedException {
        stack.stop(name);
        for (int attempt = 1; attempt <= STARTS; attempt++) {
            if (start(name)) {
                return true;
            }
        }
        return false; // an engine that it needs may be stopped: it is started when everything heals
    }

    private boolean start(String name) throws InterruptedException {
        try {
            stack.start(name);
            return true;
        } catch (StackException e) {
            return false; // another strike hit it while it started
        }
    }

    @Override
    public List<String> heal() throws InterruptedException {
        long deadline = System.nanoTime() + HEALING.toNanos();
        for (String name : stack.names()) {
            stack.resume(name);
        }
        List<String> ill = ill();
        while (!ill.isEmpty() && System.nanoTime() - deadline < 0) {
            for (String name : ill) {
                if (stack.health(name) == Health.STOPPED) {
                    var unused = start(name);
                }
            }
            Thread.sleep(BETWEEN);
            ill = ill();
        }
        return ill;
    }

    private List<String> ill() throws InterruptedException {
        List<String> ill = new ArrayList<>();
        for (String name : stack.names()) {
            if (stack.health(name) != Health.UP) {
                ill.add(name);
            }
        }
        return ill;
    }
}
