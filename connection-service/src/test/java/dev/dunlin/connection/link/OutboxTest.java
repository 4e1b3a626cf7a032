package dev.dunlin.connection.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.protocol.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final MemoryLink link = new MemoryLink(Runnable::run);
    private final CountingMetrics metrics = new CountingMetrics();
    /** Room for three frames of one byte and their cost of 32. */
    private final Outbox outbox = new Outbox(link, 99, metrics);

    @Test
    void framesGoStraightToALinkThatTakesThem() {
        outbox.offer(frame("a"));
        assertThat(link.sent()).containsExactly("a");
    }

    @Test
    void waitingFramesGoInOrderWhenTheLinkTakesMore() {
        link.room(1);
        offer("a", "b", "c");
        assertThat(link.sent()).containsExactly("a");
        link.room(1);
        outbox.flush();
        outbox.offer(frame("d"));
        assertThat(link.sent()).containsExactly("a", "b");
        link.room(5);
        outbox.flush();
        assertThat(link.sent()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void fullOutboxDropsEphemeralFramesFirst() {
        link.room(0);
        outbox.offerEphemeral(frame("e"));
        offer("a", "b", "c");
        assertThat(metrics.dropped).hasValue(1);
        assertThat(link.closed()).isNull();
        link.room(9);
        outbox.flush();
        assertThat(link.sent()).containsExactly("a", "b", "c");
    }

    @Test
    void ephemeralFrameIsDroppedWhenOnlyOthersWait() {
        link.room(0);
        offer("a", "b", "c");
        outbox.offerEphemeral(frame("e"));
        assertThat(metrics.dropped).hasValue(1);
        assertThat(link.closed()).isNull();
    }

    @Test
    void slowConsumerIsClosedWhenNothingCanBeDropped() {
        link.room(0);
        offer("a", "b", "c", "d");
        assertThat(link.closed()).isEqualTo(CloseCode.SLOW_CONSUMER);
        link.room(9);
        outbox.flush();
        assertThat(link.sent()).isEmpty();
    }

    @Test
    void whoWaitsForRoomIsCalledOnceThereIs() {
        List<String> called = new ArrayList<>();
        link.room(0);
        offer("a", "b");
        outbox.whenRoomy(() -> called.add("roomy"));
        assertThat(called).isEmpty();
        link.room(9);
        outbox.flush();
        assertThat(called).containsExactly("roomy");
    }

    private void offer(String... frames) {
        for (String text : frames) {
            outbox.offer(frame(text));
        }
    }

    private static byte[] frame(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
