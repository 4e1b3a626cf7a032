package dev.dunlin.checker.nemesis;

/**
 * The provider of notifications that the check plays itself. Faults may overlap: then the one that
 * began last has an effect. Thread-safe; does not block.
 */
public interface Provider {
    /** It begins to misbehave. {@code blow} is one for {@link Target#PROVIDER}. */
    void begin(Blow blow);

    /** That fault is over. */
    void end(Blow blow);
}
