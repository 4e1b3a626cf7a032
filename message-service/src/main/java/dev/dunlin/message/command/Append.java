package dev.dunlin.message.command;

/** What became of a write to the log. */
public sealed interface Append {
    /** The store has it. */
    Append STORED = new Stored();

    /** The store has it. */
    record Stored() implements Append {}

    /**
     * Nothing was stored: a channel is no longer as the write found it. Another process got the
     * partition, or a write that seemed to fail was carried out.
     */
    record Stale(String why) implements Append {}

    /**
     * Nothing was stored: the store is well and will never accept this. {@code cause} says why, for
     * operators.
     */
    record Refused(RuntimeException cause) implements Append {}
}
