package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.connection.fake.MemoryLog;
import dev.dunlin.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoalescingWindowTest {
    private static final Duration WINDOW = Duration.ofMillis(20);
    private static final Duration APART = Duration.ofMillis(5);
    private static final int SUBSCRIBERS = 300;

    private final ManualLoop loop = new ManualLoop();
    private final Audience audience = new Audience(HubFixture.CHANNEL);
    private final CoalescingWindow window = new CoalescingWindow(audience, loop, WINDOW);
    private final List<RecordingSubscriber> all = IntStream.range(0, SUBSCRIBERS)
            .mapToObj(i -> new RecordingSubscriber(loop))
            .toList();
    private final RecordingSubscriber one = all.getFirst();
    private long last;

    private CoalescingWindowTest() {
        all.forEach(audience::await);
        audience.admit(new LogHead(MemoryLog.EPOCH, 0));
        loop.run();
        all.forEach(subscriber -> subscriber.received.clear());
    }

    private void event(byte[] frame, @Nullable UserId left) {
        last++;
        window.add(new LiveEvent(last, last, frame, left));
        loop.run();
    }

    private void event() {
        event("{\"type\":\"message\"}".getBytes(StandardCharsets.UTF_8), null);
    }

    /** Makes the channel hot; nothing waits afterwards. */
    private void heat() {
        for (int i = 0; i < 40; i++) {
            event();
            loop.pass(APART);
        }
        loop.pass(WINDOW);
        one.received.clear();
        one.batches = 0;
    }

    private List<String> seqs(long from) {
        return LongStream.rangeClosed(from, last).mapToObj(Long::toString).toList();
    }

    @Test
    void eventsOfAQuietChannelNeverWait() {
        for (int i = 1; i <= 20; i++) {
            event();
            assertThat(one.received).hasSize(i);
            loop.pass(Duration.ofMillis(30));
        }
        assertThat(one.batches).isZero();
    }

    @Test
    void eventsOfAHotChannelGoTogetherWhenTheWindowOfTheFirstEnds() {
        heat();
        long first = last + 1;
        event();
        loop.pass(APART);
        event();
        event();
        loop.pass(WINDOW.minus(APART).minusMillis(1));
        assertThat(one.received).isEmpty();
        loop.pass(Duration.ofMillis(1));
        assertThat(all).allSatisfy(subscriber -> assertThat(subscriber.received).endsWith("" + last));
        assertThat(one.received).isEqualTo(seqs(first));
        assertThat(one.batches).isOne();
    }

    @Test
    void withoutAWindowNoEventWaits() {
        CoalescingWindow none = new CoalescingWindow(audience, loop, Duration.ZERO);
        for (last = 1; last <= 200; last++) {
            none.add(new LiveEvent(last, last, new byte[1], null));
            loop.pass(Duration.ofMillis(1));
            assertThat(one.received).hasSize((int) last);
        }
    }

    @Test
    void eventsThatComeWhileTheLoopIsBusyGoTogetherWithoutAWindow() {
        CoalescingWindow none = new CoalescingWindow(audience, loop, Duration.ZERO);
        for (last = 1; last <= 3; last++) {
            none.add(new LiveEvent(last, last, new byte[1], null));
        }
        loop.run();
        assertThat(one.received).containsExactly("1", "2", "3");
        assertThat(one.batches).isOne();
    }

    @Test
    void eventAfterAQuietPeriodDoesNotWait() {
        heat();
        loop.pass(Heat.PERIOD);
        event();
        assertThat(one.received).containsExactly("" + last);
    }

    @Test
    void endOfAMembershipGoesAtOnceAfterWhatWaits() {
        heat();
        long first = last + 1;
        event();
        event();
        event("{\"type\":\"member_left\"}".getBytes(StandardCharsets.UTF_8), new UserId("bob"));
        assertThat(one.received).isEqualTo(seqs(first));
    }

    @Test
    void noMoreThanItsBoundWaits() {
        heat();
        long first = last + 1;
        byte[] large = new byte[EventBatch.MOST_BYTES / 2];
        event(large, null);
        event(large, null);
        assertThat(one.received).isEmpty();
        event(large, null);
        assertThat(one.received).containsExactly("" + first, "" + (first + 1));
        loop.pass(WINDOW);
        assertThat(one.received).isEqualTo(seqs(first));
    }

    @Test
    void subscriberThatIsAttachedMeanwhileMissesNothingAfterItsHead() {
        heat();
        event();
        RecordingSubscriber late = new RecordingSubscriber(loop);
        audience.await(late);
        audience.admit(new LogHead(MemoryLog.EPOCH, last));
        event();
        loop.pass(WINDOW);
        assertThat(late.received).startsWith("head " + (last - 1)).endsWith("" + last);
    }
}
