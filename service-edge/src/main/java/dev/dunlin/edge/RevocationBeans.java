package dev.dunlin.edge;

import dev.dunlin.edge.config.TokenClock;
import dev.dunlin.edge.revocation.RevocationLog;
import dev.dunlin.edge.revocation.Revocations;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Revoked tokens: read from Kafka before the service is ready, and followed from then on. */
final class RevocationBeans {
    private static final Logger LOG = Logger.getLogger(RevocationBeans.class);
    /** The largest difference between clocks. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final Duration START_WITHIN = Duration.ofSeconds(10);

    @Produces
    @Singleton
    Revocations revocations(TokenSettings settings, TokenClock clock) {
        return new Revocations(settings.maxLife().plus(MARGIN), settings.maxRevocations(), clock.source());
    }

    @Produces
    @Singleton
    RevocationLog log(
            @Identifier("default-kafka-broker") Map<String, Object> common,
            Revocations revocations,
            TokenSettings settings,
            TokenClock clock) {
        return new RevocationLog(common, revocations, settings.maxLife().plus(MARGIN), clock.source());
    }

    void close(@Disposes RevocationLog log) {
        log.close();
    }

    void start(@Observes StartupEvent event, RevocationLog log, Revocations revocations, MeterRegistry registry)
            throws InterruptedException {
        Gauge.builder("dunlin.token.revocations", revocations, Revocations::size)
                .description("Users whose older tokens are revoked, because a back end ended their sessions")
                .register(registry);
        if (!log.start(START_WITHIN)) {
            LOG.warn("Kafka is not reachable: tokens are refused with unavailable until user.events is read");
        }
    }

    /**
     * Up once the past events are read. It stays up while Kafka is unreachable: later events arrive
     * late, and the service stays ready.
     */
    @Readiness
    @Singleton
    static final class Read implements HealthCheck {
        private final Revocations revocations;

        Read(Revocations revocations) {
            this.revocations = revocations;
        }

        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.named("revoked tokens known")
                    .status(revocations.complete())
                    .build();
        }
    }
}
