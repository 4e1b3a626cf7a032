package dev.dunlin.scenarios.fault;

import java.io.IOException;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** One connection of a client, and the proxy's own one to the suite for it. Thread-safe. */
public final class ProxiedLink {
    private final Socket client;
    private final Socket suite;
    private final Consumer<ProxiedLink> whenOver;
    private final Pipe up;
    private final Pipe down;
    private final AtomicInteger endsPassed = new AtomicInteger();
    private volatile boolean dead;
    private volatile boolean clientLeft;
    private volatile boolean suiteLeft;

    ProxiedLink(
            Socket client,
            Socket suite,
            Function<Direction, Weather> weather,
            Random random,
            Consumer<ProxiedLink> whenOver) {
        this.client = client;
        this.suite = suite;
        this.whenOver = whenOver;
        this.up = new Pipe(this, Direction.UP, client, suite, () -> weather.apply(Direction.UP), random);
        this.down = new Pipe(this, Direction.DOWN, suite, client, () -> weather.apply(Direction.DOWN), random);
    }

    void start() {
        up.start();
        down.start();
    }

    void strike(Direction direction, Blow once) {
        pipe(direction).strike(once);
    }

    /** The link seems open to both sides, and nothing comes through in that direction any more. */
    void swallow(Direction direction) {
        dead = true;
        pipe(direction).swallow();
    }

    private Pipe pipe(Direction direction) {
        return switch (direction) {
            case UP -> up;
            case DOWN -> down;
        };
    }

    /** Whether the suite has ended its side. */
    public boolean hasSuiteLeft() {
        return suiteLeft;
    }

    /** Whether the client has ended its side. */
    public boolean hasClientLeft() {
        return clientLeft;
    }

    /** The side where bytes of that direction come from has ended, {@code hard} by a reset. */
    void ended(Direction direction, boolean hard) {
        switch (direction) {
            case UP -> clientLeft = true;
            case DOWN -> suiteLeft = true;
        }
        if (hard && !dead) {
            close(true);
        } else if (clientLeft && suiteLeft && dead) {
            close(false);
        }
    }

    /** One side's end was told to the other. */
    void passedEnd() {
        if (endsPassed.incrementAndGet() == 2) {
            close(false);
        }
    }

    /** A side does not take bytes any more: the reader of that side sees it too. */
    void broken() {
        if (!dead) {
            close(true);
        }
    }

    /** Ends both sides; {@code hard}: by a reset. */
    void close(boolean hard) {
        for (Socket socket : new Socket[] {client, suite}) {
            try {
                if (hard) {
                    socket.setSoLinger(true, 0);
                } else if (!socket.isOutputShutdown()) {
                    socket.shutdownOutput();
                }
            } catch (IOException e) {
                // it was over before
            }
            try {
                socket.close();
            } catch (IOException e) {
                // it was over before
            }
        }
        whenOver.accept(this);
    }
}
