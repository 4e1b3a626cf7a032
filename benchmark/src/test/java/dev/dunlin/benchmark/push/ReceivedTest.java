package dev.dunlin.benchmark.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReceivedTest {
    private final Received received = new Received(3);

    @Test
    void aDeviceCountsOnceAndItsFurtherNotificationsAreRepeated() {
        received.arrived(0);
        received.arrived(2);
        received.arrived(2);
        assertThat(received.count()).isEqualTo(2);
        assertThat(received.repeated()).isEqualTo(1);
    }

    @Test
    void allAreThereWhenEachDeviceWasNotified() throws InterruptedException {
        received.arrived(0);
        received.arrived(1);
        assertThat(received.await(Duration.ZERO)).isFalse();
        received.arrived(2);
        assertThat(received.await(Duration.ZERO)).isTrue();
    }

    @Test
    void oneNotificationHasNoRate() {
        received.arrived(1);
        assertThat(received.perSecond()).isZero();
        received.arrived(0);
        assertThat(received.perSecond()).isPositive();
    }

    @Test
    void timesCountFromTheGivenMomentAndLeaveOutWhoWasNotNotified() {
        long since = System.nanoTime() - 5_000_000;
        received.arrived(1);
        Histogram times = Received.histogram();
        received.addTo(times, since);
        assertThat(times.getTotalCount()).isEqualTo(1);
        assertThat(times.getMinValue()).isGreaterThanOrEqualTo(4_990_000);
    }
}
