package dev.dunlin.client;

import static dev.dunlin.client.Events.at;
import static dev.dunlin.client.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ServerFrame.LogEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChannelStreamTest {
    private final ChannelStream stream = new ChannelStream(at(0));

    @Test
    void handsOutEventsInTurn() {
        assertThat(seqs(stream.accept(event(1)))).containsExactly(1L);
        assertThat(seqs(stream.accept(event(2)))).containsExactly(2L);
        assertThat(stream.position()).isEqualTo(at(2));
    }

    @Test
    void handsOutARepeatedEventOnce() {
        stream.accept(event(1));
        assertThat(stream.accept(event(1))).isEmpty();
    }

    @Test
    void holdsAnEarlyEventUntilTheHoleIsFilled() {
        assertThat(stream.accept(event(2))).isEmpty();
        assertThat(stream.isBehind()).isTrue();
        assertThat(seqs(stream.accept(event(1)))).containsExactly(1L, 2L);
        assertThat(stream.isBehind()).isFalse();
    }

    @Test
    void anyOrderWithRepetitionsComesOutDense() {
        List<Long> mixed =
                new ArrayList<>(LongStream.rangeClosed(1, 200).boxed().toList());
        mixed.addAll(LongStream.rangeClosed(50, 150).boxed().toList());
        Collections.shuffle(mixed, new Random(7));
        List<Long> out = new ArrayList<>();
        mixed.forEach(seq -> out.addAll(seqs(stream.accept(event(seq)))));
        assertThat(out).isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void withoutAPositionTheFirstEventIsTheStart() {
        ChannelStream unknown = new ChannelStream();
        assertThat(seqs(unknown.accept(event(41)))).containsExactly(41L);
        unknown.adopt(at(41));
        assertThat(unknown.position()).isEqualTo(at(41));
    }

    @Test
    void doesNotKeepMoreEarlyEventsThanItsBoundAndKnowsThatItIsBehind() {
        long last = 2L * ChannelStream.MAX_EARLY;
        LongStream.rangeClosed(2, last)
                .forEach(seq -> assertThat(stream.accept(event(seq))).isEmpty());
        assertThat(stream.accept(event(1))).hasSize(ChannelStream.MAX_EARLY + 1);
        assertThat(stream.isBehind()).isTrue();
        assertThat(seqs(stream.accept(event(ChannelStream.MAX_EARLY + 2)))).hasSize(1);
    }

    @Test
    void skippingExpiredEventsReleasesThoseBehindThem() {
        stream.accept(event(5));
        assertThat(seqs(stream.skipTo(4))).containsExactly(5L);
    }

    @Test
    void anotherEpochIsAnotherNumbering() {
        assertThat(stream.isOtherNumbering(new StreamPosition(new Epoch("e2"), 3)))
                .isTrue();
        assertThat(stream.isOtherNumbering(at(3))).isFalse();
    }

    private static List<Long> seqs(List<LogEvent> events) {
        return events.stream().map(LogEvent::seq).toList();
    }
}
