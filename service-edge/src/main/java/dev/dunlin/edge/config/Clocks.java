package dev.dunlin.edge.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The clock of the machine. */
public final class Clocks {
    @Produces
    @Singleton
    TokenClock tokens() {
        return new TokenClock(Clock.systemUTC());
    }
}
