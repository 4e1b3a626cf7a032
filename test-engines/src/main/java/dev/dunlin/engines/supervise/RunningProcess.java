package dev.dunlin.engines.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process from its start to its end. Thread-safe; every method may block. */
public final class RunningProcess {
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final ProcessSpec spec;
    private final ProcessRecords records;
    private final Process process;

    private RunningProcess(ProcessSpec spec, ProcessRecords records, Process process) {
        this.spec = spec;
        this.records = records;
        this.process = process;
    }

    /**
     * Starts the process and returns at once; {@link #awaitReady()} waits for it.
     *
     * @throws StackException if it cannot be started at all
     */
    public static RunningProcess start(ProcessSpec spec, ProcessRecords records) {
        try {
            Path logs = spec.log().getParent();
            if (logs != null) {
                Files.createDirectories(logs);
            }
            ProcessBuilder builder = new ProcessBuilder(Sessions.own(spec.command()))
                    .directory(spec.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
            builder.environment().putAll(spec.environment());
            Process process = builder.start();
            records.add(spec.name(), process.toHandle(), spec.stopSignal());
            return new RunningProcess(spec, records, process);
        } catch (IOException e) {
            throw new StackException(spec.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the process serves.
     *
     * @throws StackException if it ends first or takes longer than its time; it is not running any
     *     more then
     */
    public void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + spec.startTimeout().toNanos();
        while (!isReady()) {
            if (process.waitFor(BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS)) {
                forget();
                throw new StackException("%s ended with exit code %d while starting%s; see %s"
                        .formatted(spec.name(), process.exitValue(), lastWords(), spec.log()));
            }
            if (System.nanoTime() - deadline > 0) {
                stop();
                throw new StackException("%s was not ready after %d s; see %s"
                        .formatted(spec.name(), spec.startTimeout().toSeconds(), spec.log()));
            }
        }
    }

    /** Asks now. */
    public boolean isReady() throws InterruptedException {
        try {
            return process.isAlive() && spec.ready().ready();
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it in order; by force if that takes too long. Returns when it is gone. */
    public void stop() throws InterruptedException {
        Signals.stop(process.toHandle(), spec.stopSignal(), PATIENCE);
        forget();
    }

    /** Ends it as a crash would. Returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        forget();
    }

    /** Freezes it and its children, until {@link #resume}. */
    public void suspend() throws InterruptedException {
        Signals.suspend(process.toHandle());
    }

    /** Lets it go on. */
    public void resume() throws InterruptedException {
        Signals.resume(process.toHandle());
    }

    /** Removes its record, once it is gone. */
    void forget() {
        records.remove(spec.name(), process.toHandle());
    }

    public long pid() {
        return process.pid();
    }

    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    private String lastWords() {
        @Nullable String last = null;
        try {
            List<String> lines = Files.readAllLines(spec.log());
            for (String line : lines.reversed()) {
                if (!line.isBlank() && !line.startsWith("\tat ")) {
                    last = line.strip();
                    break;
                }
            }
        } catch (IOException e) {
            return "";
        }
        return last == null ? "" : " (\"" + (last.length() > 200 ? last.substring(0, 200) + "…" : last) + "\")";
    }
}
