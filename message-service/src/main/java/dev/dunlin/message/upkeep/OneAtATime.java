package dev.dunlin.message.upkeep;

/**
 * Lets one process at a time do the background work, as far as that is possible. The work itself is
 * safe if two processes do it. Blocks; throws {@link dev.dunlin.message.command.StoreFailure}.
 */
public interface OneAtATime {
    /** Runs {@code work} unless another process is at it; whether it ran. */
    boolean tryRun(Runnable work);
}
