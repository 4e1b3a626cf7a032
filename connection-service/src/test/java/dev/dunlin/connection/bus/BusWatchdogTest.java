package dev.dunlin.connection.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.connection.fake.MemoryBus;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.BusChannel;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BusWatchdogTest {
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final BusChannel BUS_CHANNEL = BusChannel.named("node:n1");

    private final ManualLoop loop = new ManualLoop();
    private final MemoryBus bus = new MemoryBus();
    private final CountingMetrics metrics = new CountingMetrics();
    private final BusSubscriptions busSubscriptions = new BusSubscriptions(bus, metrics);
    private final AtomicInteger suspected = new AtomicInteger();

    @BeforeEach
    void start() {
        busSubscriptions.onReconnect(suspected::incrementAndGet);
        new BusWatchdog(
                        bus,
                        busSubscriptions,
                        new NodeId("n1"),
                        loop,
                        new Random(1),
                        new BusWatchdog.Patience(PROBE, PROBE.multipliedBy(4)),
                        metrics)
                .start();
    }

    private void pass(int probes) {
        for (int i = 0; i < probes; i++) {
            loop.pass(PROBE);
        }
    }

    private void echo() {
        busSubscriptions.received(BUS_CHANNEL, bus.payloads().getLast());
        loop.run();
    }

    @Test
    void echoInTimeMeansThatNothingWasMissed() {
        for (int i = 0; i < 10; i++) {
            pass(1);
            echo();
        }
        assertThat(bus.resets()).isZero();
        assertThat(suspected).hasValue(0);
    }

    @Test
    void lateEchoHasEverythingLookedAtAndKeepsTheConnection() {
        pass(3);
        echo();
        pass(1);
        echo();
        assertThat(suspected).hasValue(1);
        assertThat(metrics.busLate).hasValue(1);
        assertThat(bus.resets()).isZero();
    }

    @Test
    void connectionWithoutAnEchoIsGivenUpAndThenAgainOnlyAfterAsLong() {
        pass(5);
        assertThat(bus.resets()).isEqualTo(1);
        pass(4);
        assertThat(bus.resets()).isEqualTo(1);
        pass(1);
        assertThat(bus.resets()).isEqualTo(2);
    }

    @Test
    void echoOfAnyRepeatedProbeCounts() {
        pass(3);
        busSubscriptions.received(BUS_CHANNEL, bus.payloads().getFirst());
        pass(3);
        assertThat(bus.resets()).isZero();
    }

    @Test
    void connectionThatIsBeingMadeIsNotGivenUp() {
        bus.unreachable(true);
        pass(20);
        assertThat(bus.resets()).isZero();
    }

    @Test
    void foreignAndUnreadableMessagesAreNoEcho() {
        pass(1);
        busSubscriptions.received(BUS_CHANNEL, new byte[] {9});
        byte[] foreign = bus.payloads().getLast().clone();
        foreign[20]++;
        busSubscriptions.received(BUS_CHANNEL, foreign);
        pass(4);
        assertThat(bus.resets()).isEqualTo(1);
    }

    @Test
    void patienceMustOutlastAProbe() {
        assertThatThrownBy(() -> new BusWatchdog.Patience(PROBE, PROBE)).hasMessageContaining("timeout");
    }
}
