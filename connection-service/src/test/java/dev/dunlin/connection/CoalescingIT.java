package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.TestLink;
import dev.dunlin.engines.testing.EnginesTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Events of a hot channel; how long they wait at most is in {@code CoalescingWindowTest}. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
@SuppressWarnings("NullAway.Init") // fields are injected
class CoalescingIT extends NodeIT {
    private static final int LINKS = 100;
    private static final int HOT_EVENTS = 400;
    /** Well above the rate that makes a channel with 100 links hot, even on a slow machine. */
    private static final int EVENTS_A_TICK = 4;

    private static final int TICK_MILLIS = 4;
    private static final int QUIET_EVENTS = 10;
    private static final Duration WINDOW = Duration.ofMillis(20);

    @Inject
    MeterRegistry meters;

    private List<TestLink> subscribers(String channel) {
        peer.channel(channel);
        return IntStream.range(0, LINKS)
                .mapToObj(i -> subscribed(own("user-" + i), channel))
                .toList();
    }

    private double count(String meter) {
        return meters.counter(meter).count();
    }

    @Test
    void hotChannelSendsSeveralEventsWithOneWriteInOrderAndWithoutLoss() throws InterruptedException {
        String channel = own("room:hot");
        List<TestLink> links = subscribers(channel);
        double frames = count("dunlin.frames.out");
        double flushes = count("dunlin.link.flushes");
        CountDownLatch left = new CountDownLatch(HOT_EVENTS / EVENTS_A_TICK);
        try (ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor()) {
            var unused = ticker.scheduleAtFixedRate(
                    () -> {
                        if (left.getCount() > 0) {
                            peer.append(channel, EVENTS_A_TICK);
                            left.countDown();
                        }
                    },
                    0,
                    TICK_MILLIS,
                    TimeUnit.MILLISECONDS);
            assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
            ticker.shutdownNow();
        }
        List<Long> all = LongStream.rangeClosed(1, HOT_EVENTS).boxed().toList();
        assertThat(links).allSatisfy(link -> assertThat(link.seqs(HOT_EVENTS)).isEqualTo(all));
        links.forEach(TestLink::expectNothingElse);
        double sent = count("dunlin.frames.out") - frames;
        assertThat(sent).isGreaterThanOrEqualTo((double) LINKS * HOT_EVENTS);
        assertThat(sent / (count("dunlin.link.flushes") - flushes)).isGreaterThan(1.8);
    }

    @Test
    void eventOfAQuietChannelDoesNotWaitForTheNext() {
        String channel = own("room:quiet");
        List<TestLink> links = subscribers(channel);
        List<Duration> times = new ArrayList<>();
        for (long seq = 1; seq <= QUIET_EVENTS; seq++) {
            long begin = System.nanoTime();
            peer.append(channel, 1);
            assertThat(links.getFirst().seqs(1)).containsExactly(seq);
            times.add(Duration.ofNanos(System.nanoTime() - begin));
        }
        assertThat(times.stream().min(Duration::compareTo))
                .hasValueSatisfying(fastest -> assertThat(fastest).isLessThan(WINDOW));
    }
}
