package dev.dunlin.benchmark.swarm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/**
 * Thousands of client links in one thread. Each subscribes to one channel, comes back when it is
 * lost, as {@code goaway} and {@code docs/clients.md} say, resumes where it was, and checks that
 * every event comes once and in order.
 */
public final class Swarm implements AutoCloseable {
    private final SwarmOptions options;
    private final Selector selector;
    private final List<SwarmLink> links = new ArrayList<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final AtomicLongArray positions;
    private final Tally tally = new Tally();
    private final Thread thread;
    private volatile boolean closing;

    private record Due(long at, Runnable what) {}

    /** Starts to open links, one for each member. */
    public Swarm(SwarmOptions options, List<Member> members) throws IOException {
        this.options = options;
        this.selector = Selector.open();
        this.positions = new AtomicLongArray(members.size());
        long now = System.nanoTime();
        for (int i = 0; i < members.size(); i++) {
            SwarmLink link = new SwarmLink(this, i, members.get(i));
            links.add(link);
            due.add(new Due(now + Duration.ofSeconds(1).toNanos() * i / options.ramp(), link::open));
        }
        this.thread = Thread.ofPlatform().name("swarm").daemon().start(this::run);
    }

    /** What it has seen. */
    public Tally tally() {
        return tally;
    }

    /** The last seq that a member has got. */
    public long position(int member) {
        return positions.get(member);
    }

    /** How many members it has. */
    public int size() {
        return links.size();
    }

    void moved(int member, long seq) {
        positions.set(member, seq);
    }

    /** A link opens after a part of a time that chance gives. */
    void openWithin(SwarmLink link, long nanos) {
        due.add(new Due(System.nanoTime() + random.nextLong(nanos + 1), link::open));
    }

    /** Something is done later, on the swarm's thread. */
    void after(Duration time, Runnable what) {
        due.add(new Due(System.nanoTime() + time.toNanos(), what));
    }

    SwarmOptions options() {
        return options;
    }

    Selector selector() {
        return selector;
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(Swarm::ready, untilNextMillis());
                doDue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            links.forEach(SwarmLink::end);
        }
    }

    private static void ready(SelectionKey key) {
        if (key.attachment() instanceof SwarmLink link) {
            link.ready();
        }
    }

    private long untilNextMillis() {
        Due next = due.peek();
        return next == null ? 100 : Math.clamp((next.at() - System.nanoTime()) / 1_000_000, 1, 100);
    }

    private void doDue() {
        long now = System.nanoTime();
        for (Due next = due.peek(); next != null && next.at() <= now; next = due.peek()) {
            due.remove().what().run();
        }
    }

    /** Cuts all links. */
    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
