package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeatTest {
    private static final int MANY = 5_000;

    private final Heat heat = new Heat(Duration.ofMillis(20), 0);
    private long now;

    /** Lets events come, each some time after the one before; whether the last found it hot. */
    private boolean events(int count, Duration apart, int subscribers) {
        boolean hot = false;
        for (int i = 0; i < count; i++) {
            now += apart.toNanos();
            hot = heat.event(now, subscribers);
        }
        return hot;
    }

    @Test
    void manyEventsForManySubscribersAreHotAfterOnePeriod() {
        assertThat(events(9, Duration.ofMillis(10), MANY)).isFalse();
        assertThat(events(2, Duration.ofMillis(10), MANY)).isTrue();
        assertThat(events(100, Duration.ofMillis(10), MANY)).isTrue();
    }

    @Test
    void eventsThatComeTooRarelyToGatherAreNotHot() {
        assertThat(events(100, Duration.ofMillis(25), 100_000)).isFalse();
    }

    @Test
    void eventsForFewSubscribersAreNotHot() {
        int few = Heat.HOT_DELIVERIES / 10 - 1;
        assertThat(events(100, Duration.ofMillis(10), few)).isFalse();
        assertThat(events(1, Duration.ofMillis(10), few + 1)).isTrue();
    }

    @Test
    void eventAfterAQuietPeriodIsNotHot() {
        assertThat(events(100, Duration.ofMillis(10), MANY)).isTrue();
        assertThat(events(1, Heat.PERIOD, MANY)).isFalse();
    }

    @Test
    void channelThatSlowsDownIsHotUntilThePeriodEnds() {
        assertThat(events(100, Duration.ofMillis(10), MANY)).isTrue();
        assertThat(events(1, Duration.ofMillis(50), MANY)).isTrue();
        assertThat(events(1, Duration.ofMillis(50), MANY)).isFalse();
    }

    @Test
    void shorterWindowNeedsMoreEvents() {
        Heat brief = new Heat(Duration.ofMillis(5), 0);
        boolean hot = false;
        for (int i = 1; i <= 100; i++) {
            hot |= brief.event(Duration.ofMillis(10).multipliedBy(i).toNanos(), MANY);
        }
        assertThat(hot).isFalse();
    }
}
