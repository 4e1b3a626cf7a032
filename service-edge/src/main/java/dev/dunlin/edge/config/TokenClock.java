package dev.dunlin.edge.config;

import java.time.InstantSource;

/** By which the life of tokens is measured: that of the machine, whatever clock a service has for its features. */
public record TokenClock(InstantSource source) {}
