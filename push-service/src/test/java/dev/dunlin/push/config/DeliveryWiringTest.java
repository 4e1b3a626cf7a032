package dev.dunlin.push.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliveryWiringTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Test
    void leaseCoversTheCallsOfALargeRound() {
        assertThat(DeliveryWiring.lease(TIMEOUT, 64)).isEqualTo(Duration.ofSeconds(80));
        assertThat(DeliveryWiring.lease(TIMEOUT, 100)).isEqualTo(Duration.ofSeconds(80));
        assertThat(DeliveryWiring.lease(TIMEOUT, 1_000)).isGreaterThan(Duration.ofSeconds(10 * 14 + 2 * 10));
    }
}
