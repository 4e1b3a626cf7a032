package dev.dunlin.engines.supervise;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A process that is kept running: started again when it dies, until it is stopped. Thread-safe;
 * every method may block, and operations on one process wait for each other.
 */
public final class SupervisedProcess {
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final ProcessSpec spec;
    private final ProcessRecords records;
    private final StackEvents events;
    private final Backoff backoff;
    private final ReentrantLock operation = new ReentrantLock();
    private volatile @Nullable RunningProcess running;
    private volatile Health state = Health.STOPPED;

    /** The last process that {@link #kill} ended. */
    private volatile @Nullable RunningProcess killed;

    /** Written under the lock. */
    private int failures;

    public SupervisedProcess(ProcessSpec spec, ProcessRecords records, StackEvents events, Backoff backoff) {
        this.spec = spec;
        this.records = records;
        this.events = events;
        this.backoff = backoff;
    }

    public ProcessSpec spec() {
        return spec;
    }

    /**
     * Starts it, unless it runs, and waits until it serves.
     *
     * @throws StackException if it does not come up; it is stopped then
     */
    public void start() throws InterruptedException {
        operation.lockInterruptibly();
        try {
            if (running == null) {
                failures = 0;
                launch();
            }
        } catch (StackException | InterruptedException e) {
            abandon();
            throw e;
        } finally {
            operation.unlock();
        }
    }

    /** Stops it and leaves it stopped. */
    public void stop() throws InterruptedException {
        end(Health.STOPPED);
    }

    /** Stops it because a process in dev mode takes its place. */
    public void yieldPlace() throws InterruptedException {
        end(Health.DEV);
    }

    /**
     * Ends it as a crash would. It starts again after the shortest pause each time: a kill is no
     * sign that it cannot run.
     *
     * @return false if it does not run now
     */
    public boolean kill() throws InterruptedException {
        RunningProcess process = running;
        if (process == null) {
            return false;
        }
        killed = process;
        process.kill();
        return true;
    }

    /**
     * Freezes it with its children (SIGSTOP), as a long pause of its machine would; it is
     * {@link Health#UNREADY} then and is neither ended nor replaced for that.
     *
     * @return false if it does not run now
     */
    public boolean suspend() throws InterruptedException {
        RunningProcess process = running;
        if (process == null) {
            return false;
        }
        process.suspend();
        return true;
    }

    /** Lets it go on after {@link #suspend}. */
    public void resume() throws InterruptedException {
        RunningProcess process = running;
        if (process != null) {
            process.resume();
        }
    }

    /** The process id while it runs. */
    public Optional<Long> pid() {
        return Optional.ofNullable(running).map(RunningProcess::pid);
    }

    /** Asks now. */
    public Health health() throws InterruptedException {
        RunningProcess process = running;
        Health known = state;
        return known == Health.UP && (process == null || !process.isReady()) ? Health.UNREADY : known;
    }

    private void end(Health reason) throws InterruptedException {
        state = reason; // before the lock: a restart that waits gives up
        operation.lockInterruptibly();
        try {
            state = reason;
            RunningProcess process = running;
            running = null;
            if (process != null) {
                process.stop();
            }
        } finally {
            operation.unlock();
        }
    }

    private void launch() throws InterruptedException {
        state = Health.STARTING;
        RunningProcess process = RunningProcess.start(spec, records);
        running = process;
        process.awaitReady();
        long since = System.nanoTime();
        state = Health.UP;
        Thread.ofVirtual()
                .name("watch " + spec.name())
                .start(() -> died(process, process.exit().join(), since));
    }

    private void abandon() throws InterruptedException {
        RunningProcess process = running;
        running = null;
        state = Health.STOPPED;
        if (process != null) {
            process.stop();
        }
    }

    private void died(RunningProcess process, int code, long since) {
        operation.lock();
        try {
            if (running != process) {
                return; // it was asked to
            }
            running = null;
            process.forget();
            state = Health.RESTARTING;
            failures = process == killed || System.nanoTime() - since > STEADY.toNanos() ? 0 : failures;
            Duration wait = backoff.after(failures);
            events.say("%s died (exit code %d); it is started again in %.1f s, its log is %s"
                    .formatted(spec.name(), code, wait.toMillis() / 1000.0, spec.log()));
        } finally {
            operation.unlock();
        }
        startAgain();
    }

    private void startAgain() {
        try {
            while (state == Health.RESTARTING) {
                Thread.sleep(backoff.after(failures));
                if (tryAgain()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryAgain() throws InterruptedException {
        operation.lockInterruptibly();
        try {
            if (state != Health.RESTARTING) {
                return true; // somebody wished otherwise meanwhile
            }
            failures++;
            launch();
            events.say(spec.name() + " is up again");
            return true;
        } catch (StackException e) {
            running = null;
            if (state == Health.STARTING) {
                state = Health.RESTARTING;
            }
            events.say(String.valueOf(e.getMessage()) + "; the next try is in "
                    + backoff.after(failures).toSeconds() + " s");
            return false;
        } finally {
            operation.unlock();
        }
    }
}
