package dev.dunlin.engines.supervise;

import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Ends processes. Blocks. */
public final class Signals {
    private Signals() {}

    /**
     * Asks the process to end, waits for it, and forces it when the time is up. Returns when it is
     * gone. One that is suspended, or has a child that is, goes on first: it could neither hear
     * that it is to end nor end a child.
     */
    public static void stop(ProcessHandle handle, StopSignal signal, Duration patience) throws InterruptedException {
        resume(handle);
        switch (signal) {
            case TERM -> handle.destroy();
            case INT -> send("INT", List.of(handle));
        }
        if (!waitFor(handle, patience)) {
            handle.destroyForcibly();
            waitFor(handle, patience);
        }
    }

    private static boolean waitFor(ProcessHandle handle, Duration patience) throws InterruptedException {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Freezes the process and its children as they are (SIGSTOP), until {@link #resume}. */
    public static void suspend(ProcessHandle handle) throws InterruptedException {
        send("STOP", List.of(handle)); // first: it makes no more children then
        send("STOP", handle.descendants().toList());
    }

    /** Lets a suspended process and its children go on (SIGCONT); does nothing to others. */
    public static void resume(ProcessHandle handle) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(handle.descendants().toList());
        all.add(handle);
        send("CONT", all);
    }

    // Java knows only TERM and KILL; PostgreSQL waits for its clients at TERM and ends them at INT.
    private static void send(String signal, List<ProcessHandle> handles) throws InterruptedException {
        if (handles.isEmpty()) {
            return;
        }
        String pids =
                handles.stream().map(handle -> Long.toString(handle.pid())).collect(Collectors.joining(" "));
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pids)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new StackException("No signal can be sent: " + e.getMessage(), e);
        }
    }
}
