package dev.dunlin.engines.supervise;

/**
 * Told what happens to the processes, for the one who watches. Called from any thread; must not
 * block.
 */
@FunctionalInterface
public interface StackEvents {
    /** One line without a line end. */
    void say(String line);
}
