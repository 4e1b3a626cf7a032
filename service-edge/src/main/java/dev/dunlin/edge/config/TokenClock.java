package dev.dunlin.edge.config;

import java.time.InstantSource;

/**
 * The clock for the life of tokens: the machine's, even if a service has another for its features.
 */
public record TokenClock(InstantSource source) {}
