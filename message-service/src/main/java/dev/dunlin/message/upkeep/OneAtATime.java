package dev.dunlin.message.upkeep;

/**
 * Lets one process at a time do the background's work, as far as that can be known: the work itself
 * is safe if two do. Blocks; throws {@link dev.dunlin.message.command.StoreFailure}.
 */
public interface OneAtATime {
    /** Runs {@code work} unless another process is at it; whether it ran. */
    boolean tryRun(Runnable work);
}
