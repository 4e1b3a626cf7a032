package dev.dunlin.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The way of commands. */
@ConfigMapping(prefix = "dunlin.commands")
public interface CommandSettings {
    /** How long a REST request waits for the outcome of its command, at most a minute. */
    @WithDefault("5s")
    Duration timeout();

    /** The most REST requests that wait; more are answered with {@code overloaded}. */
    @WithDefault("10000")
    int maxWaiting();

    /** The most commands that are taken, sequenced and stored together, from 1 to 10000. */
    @WithDefault("500")
    int batch();

    /**
     * The most batches in flight, from 1 to 64: published and not yet stored. When the store is
     * unreachable, no more are taken.
     */
    @WithDefault("8")
    int ahead();

    /**
     * How many channels, members, marks, messages and message ids of active channels are kept in
     * memory, from 1000 to 100000000; about 100 bytes each. What is not kept is loaded again.
     */
    @WithDefault("200000")
    int remembered();

    /** How long the bus may take for a batch. */
    @WithDefault("2s")
    Duration busTimeout();

    /** The first pause before a failed batch is retried; each further pause is twice as long. */
    @WithDefault("100ms")
    Duration retryPause();

    /** The longest pause before a failed batch is retried. */
    @WithDefault("5s")
    Duration maxRetryPause();
}
