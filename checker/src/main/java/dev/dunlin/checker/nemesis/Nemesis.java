package dev.dunlin.checker.nemesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Carries out a schedule. Blocks; one thread for each strike. */
public final class Nemesis {
    private final Victims victims;
    private final Provider provider;
    private final Runnable remove;
    private final LongSupplier nanos;
    private final Consumer<String> say;

    /**
     * Makes a nemesis; {@link #run} starts it.
     *
     * @param provider of notifications; its faults have no effect where nobody is notified
     * @param remove starts to remove members of a group; must not block
     * @param nanos nanoseconds since the start of the workload
     * @param say receives a line for each act, from any thread
     */
    public Nemesis(Victims victims, Provider provider, Runnable remove, LongSupplier nanos, Consumer<String> say) {
        this.victims = victims;
        this.provider = provider;
        this.remove = remove;
        this.nanos = nanos;
        this.say = say;
    }

    /** Returns when the last strike is over, or soon after {@code stop}. */
    public void run(List<Strike> schedule, CountDownLatch stop) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Strike strike : schedule) {
            if (stop.await(strike.at().toNanos() - nanos.getAsLong(), TimeUnit.NANOSECONDS)) {
                break;
            }
            threads.add(Thread.ofVirtual().name("strike").start(() -> carryOut(strike, stop)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void carryOut(Strike strike, CountDownLatch stop) {
        try {
            List<String> names = victims.of(strike.fault().target());
            List<String> hit = strike.both() ? names : List.of(names.get(strike.copy() % names.size()));
            List<Thread> blows = new ArrayList<>();
            for (String name : hit) {
                blows.add(Thread.ofVirtual().start(() -> hit(strike, name, stop)));
            }
            for (Thread blow : blows) {
                blow.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hit(Strike strike, String name, CountDownLatch stop) {
        try {
            switch (strike.fault().blow()) {
                case KILL -> kill(strike, name);
                case RESTART -> restart(strike, name);
                case STOP, OUTAGE -> suspend(strike, name, stop);
                case FLUSH -> flush(strike, name);
                case THROTTLE, FAIL, HANG -> misbehave(strike, name, stop);
                case REMOVE -> {
                    remove.run();
                    if (strike.pause().isZero()) {
                        kill(strike, name);
                    } else {
                        suspend(strike, name, stop);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill(Strike strike, String name) throws InterruptedException {
        tell(strike, name, victims.kill(name) ? "" : ", which does not run");
    }

    private void flush(Strike strike, String name) throws InterruptedException {
        boolean flushed = victims.flush(name);
        boolean killed = strike.copy() % 2 == 1 && victims.kill(name);
        tell(strike, name, flushed ? (killed ? ", and killed it" : "") : ", which does not answer");
    }

    private void restart(Strike strike, String name) throws InterruptedException {
        if (!victims.isRunning(name)) {
            tell(strike, name, ", which does not run");
            return;
        }
        tell(strike, name, "");
        if (!victims.restart(name)) {
            tell(strike, name, ", which did not come up");
        }
    }

    private void suspend(Strike strike, String name, CountDownLatch stop) throws InterruptedException {
        if (!victims.suspend(name)) {
            tell(strike, name, ", which does not run");
            return;
        }
        try {
            tell(strike, name, " for %.1f s".formatted(strike.pause().toMillis() / 1000.0));
            var unused = stop.await(strike.pause().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            victims.resume(name);
        }
    }

    private void misbehave(Strike strike, String name, CountDownLatch stop) throws InterruptedException {
        provider.begin(strike.fault().blow());
        try {
            tell(strike, name, " for %.1f s".formatted(strike.pause().toMillis() / 1000.0));
            var unused = stop.await(strike.pause().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            provider.end(strike.fault().blow());
        }
    }

    private void tell(Strike strike, String name, String more) {
        Duration now = Duration.ofNanos(nanos.getAsLong());
        say.accept("%6.1f s  nemesis  %-18s %s%s"
                .formatted(now.toMillis() / 1000.0, strike.fault().text(), name, more));
    }
}
