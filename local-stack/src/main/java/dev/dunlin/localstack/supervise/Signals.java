package dev.dunlin.localstack.supervise;

import dev.dunlin.localstack.supervise.ProcessSpec.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes. Blocks. */
public final class Signals {
    private Signals() {}

    /** Asks the process to end, waits for it, and forces it when the time is up. Returns when it is gone. */
    public static void stop(ProcessHandle handle, StopSignal signal, Duration patience) throws InterruptedException {
        switch (signal) {
            case TERM -> handle.destroy();
            case INT -> interrupt(handle);
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

    // Java knows only TERM and KILL; PostgreSQL waits for its clients at TERM and ends them at INT.
    private static void interrupt(ProcessHandle handle) throws InterruptedException {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -INT " + handle.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            handle.destroy();
        }
    }
}
