package dev.dunlin.message.sequencer;

/** A reaction: the event that added it. {@code ts} in milliseconds since 1970. */
public record ReactionState(long seq, long ts, LogPosition position) {}
