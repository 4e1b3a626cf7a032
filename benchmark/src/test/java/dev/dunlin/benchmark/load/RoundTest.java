package dev.dunlin.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTest {
    private final Round round = new Round(1, 3);

    @Test
    void aLatencyCountsFromWhenTheMessageWasDue() {
        round.sending(0, 1_000_000);
        round.acked(0, 3_000_000);
        round.delivered(0, 5_000_000);
        assertThat(round.acks().getValueAtPercentile(50)).isBetween(1_990_000L, 2_010_000L);
        assertThat(round.deliveries().getValueAtPercentile(50)).isBetween(3_990_000L, 4_010_000L);
    }

    @Test
    void whatComesTwiceCountsOnceAndIsSeen() {
        round.sending(0, 1);
        round.delivered(0, 2);
        round.delivered(0, 3);
        assertThat(round.delivered()).isEqualTo(1);
        assertThat(round.repeated()).isEqualTo(1);
    }

    @Test
    void itIsCompleteWhenAllWasAckedAndDelivered() {
        round.sending(0, 1);
        round.sent(1);
        round.acked(0, 2);
        assertThat(round.complete()).isFalse();
        round.delivered(0, 2);
        assertThat(round.complete()).isTrue();
    }
}
