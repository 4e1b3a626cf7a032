package dev.dunlin.checker.workload;

import dev.dunlin.checker.history.Recorder;
import dev.dunlin.checker.transport.Listening;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.protocol.ChannelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the clients of a plan, on its own threads. Not thread-safe, except for {@link #underWay()}.
 */
public final class Workload implements AutoCloseable {
    private static final int LANES = 3;

    private final Plan plan;
    private final Clients clients;
    private final Recorder recorder;
    private final long seed;
    private final Duration length;
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<Speaking> speakers = new ArrayList<>();
    private final List<Listening> listeners = new ArrayList<>();
    private final List<Loop> habits = new ArrayList<>();
    private final List<Thread> lanes = new ArrayList<>();

    public Workload(Plan plan, Clients clients, Recorder recorder, long seed, Duration length) {
        this.plan = plan;
        this.clients = clients;
        this.recorder = recorder;
        this.seed = seed;
        this.length = length;
    }

    /** Starts the listeners, with their habits. */
    public void listen() {
        for (Plan.Listener listener : plan.listeners()) {
            Listening listening = clients.listener(listener);
            listeners.add(listening);
            Random random = new Random(seed ^ listener.name().hashCode());
            habits.add(Loop.start(
                    "habit of " + listener.name(),
                    loop -> new Behaviour(listener, listening, random, length).run(loop)));
        }
    }

    /**
     * Starts the speakers. Together they attempt {@code perSecond} messages, until {@code stop}.
     */
    public void speak(int perSecond, CountDownLatch stop) {
        Duration interval = Duration.ofNanos(
                Duration.ofSeconds(1).toNanos() * plan.speakers().size() * LANES / Math.max(1, perSecond));
        for (Plan.Speaker speaker : plan.speakers()) {
            Speaking speaking = new Speaking(speaker, clients, recorder, underWay);
            speakers.add(speaking);
            for (int lane = 1; lane <= LANES; lane++) {
                long own = seed ^ (speaker.name() + lane).hashCode();
                lanes.add(Thread.ofVirtual()
                        .name(speaker.name() + " lane " + lane)
                        .start(() -> {
                            try {
                                speaking.lane(own, interval, stop);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt(); // it was closed
                            }
                        }));
            }
        }
    }

    /** Publishes without an answer yet. */
    public int underWay() {
        return underWay.get();
    }

    /** Ends the habits: from now on everybody listens as well as possible. */
    public void calm() {
        habits.forEach(Loop::close);
        listeners.forEach(listener -> listener.slow(Duration.ZERO));
    }

    /** Waits for the last answers, up to the speakers' patience, and stops the speakers. */
    public void finishSpeaking() throws InterruptedException {
        for (Thread lane : lanes) {
            lane.join();
        }
        speakers.forEach(Speaking::close);
    }

    /** Stops the listeners: what arrives from now on is not recorded. */
    @Override
    public void close() {
        habits.forEach(Loop::close);
        lanes.forEach(Thread::interrupt);
        listeners.forEach(Listening::close);
        speakers.forEach(Speaking::close);
    }

    /** One listener's habit, until its loop is closed. */
    private record Behaviour(Plan.Listener listener, Listening listening, Random random, Duration length) {
        void run(Loop loop) throws InterruptedException {
            if (listener.habit() == Habit.LATE) {
                loop.pause(length.multipliedBy(30 + random.nextInt(30)).dividedBy(100));
            }
            listening.open(); // also if it is closed meanwhile: it must listen, even if late
            switch (listener.habit()) {
                case STEADY, LATE -> {}
                case SLOW -> listening.slow(Duration.ofMillis(10 + random.nextInt(40)));
                case RESTLESS -> {
                    while (loop.pause(Duration.ofMillis(2_000 + random.nextInt(6_000)))) {
                        listening.cut();
                    }
                }
                case AGAIN -> {
                    while (loop.pause(Duration.ofMillis(5_000 + random.nextInt(10_000)))) {
                        List<ChannelName> channels = listener.channels();
                        listening.fromStart(channels.get(random.nextInt(channels.size())));
                    }
                }
            }
        }
    }
}
