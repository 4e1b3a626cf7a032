package dev.dunlin.checker.verdict;

/**
 * One violation of a promise. {@code subject} is the channel, or the user whose presence it is;
 * {@code what} says which client saw what.
 */
public record Violation(Promise promise, String subject, String what) {}
