package dev.dunlin.checker.verdict;

import dev.dunlin.protocol.ChannelName;

/** One breach of a promise. {@code what} says who saw which seq. */
public record Violation(Promise promise, ChannelName channel, String what) {}
