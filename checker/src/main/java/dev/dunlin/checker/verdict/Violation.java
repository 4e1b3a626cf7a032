package dev.dunlin.checker.verdict;

import dev.dunlin.protocol.ChannelName;

/** One violation of a promise. {@code what} says which client saw which seq. */
public record Violation(Promise promise, ChannelName channel, String what) {}
