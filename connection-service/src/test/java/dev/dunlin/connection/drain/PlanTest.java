package dev.dunlin.connection.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlanTest {
    private final Plan plan = new Plan(Duration.ofSeconds(10), 1_000, Duration.ofSeconds(1), Duration.ofSeconds(2));

    @Test
    void fewClientsGoAtOnceAndManyAtTheRate() {
        assertThat(plan.batches(0)).isEqualTo(1);
        assertThat(plan.batches(200)).isEqualTo(1);
        assertThat(plan.batches(201)).isEqualTo(2);
        assertThat(plan.batches(10_000)).isEqualTo(50);
    }

    @Test
    void moreThanFitIntoTheJitterGoFaster() {
        assertThat(plan.batches(15_000)).isEqualTo(50);
        assertThat(new Plan(Duration.ZERO, 1, Duration.ZERO, Duration.ZERO).batches(15_000))
                .isEqualTo(1);
    }

    @Test
    void planThatCannotBeKeptStopsTheStart() {
        assertThatThrownBy(() -> new Plan(Duration.ZERO, 0, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("dunlin.drain.per-second");
    }
}
