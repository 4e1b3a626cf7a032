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

/** Which tokens were ended: read before the service is ready, and followed. */
final class RevocationBeans {
    private static final Logger LOG = Logger.getLogger(RevocationBeans.class);
    /** By how much clocks may differ. */
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
                .description("Users whose tokens of before a moment do not count, because their sessions were ended")
                .register(registry);
        if (!log.start(START_WITHIN)) {
            LOG.warn("Kafka is not reachable: tokens are refused with unavailable until user.events is read");
        }
    }

    /** Up from when the past is read. What comes later may be late while Kafka is unreachable, which makes nothing unready. */
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
