package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one session gets of a channel whose events wait for the next ones. */
class HotChannelTest {
    private static final int HEAD = 3;
    private static final int OTHERS = 30;
    private static final Duration APART = Duration.ofMillis(1);

    private final ClientFixture client = new ClientFixture();
    private final HubFixture given = client.hub;
    private final RecordingSubscriber other = new RecordingSubscriber(given.loop);
    private long last = HEAD;

    @BeforeEach
    void heat() {
        client.link.takesRuns();
        client.logOf(HEAD);
        given.hub.attach(HubFixture.CHANNEL, given.head(HEAD), other);
        for (int i = 1; i < OTHERS; i++) {
            given.hub.attach(HubFixture.CHANNEL, given.head(HEAD), new RecordingSubscriber(given.loop));
        }
        client.settle();
        bring(200);
        assertThat(other.batches).isPositive();
    }

    private void bring(int events) {
        for (int i = 0; i < events; i++) {
            last++;
            client.logOf(last);
            given.bring(last);
            given.loop.pass(APART);
        }
    }

    private static List<String> seqs(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Long::toString).toList();
    }

    @Test
    void everyEventComesOnceAndInOrder() {
        client.subscribe(null);
        long head = last;
        bring(100);
        given.loop.pass(HubFixture.COALESCE);
        assertThat(client.sent().subList(1, client.sent().size())).isEqualTo(seqs(head + 1, last));
        assertThat(client.link.runs()).isPositive();
    }

    @Test
    void sessionThatSubscribesWhileEventsWaitBeginsAfterThem() {
        bring(3);
        assertThat(other.received).doesNotContain("" + last); // it waits
        client.subscribe(null);
        long head = last;
        bring(30);
        given.loop.pass(HubFixture.COALESCE);
        assertThat(client.sent().getFirst()).startsWith("subscribed " + head);
        assertThat(client.sent().subList(1, client.sent().size())).isEqualTo(seqs(head + 1, last));
    }

    @Test
    void sessionThatResumesWhileEventsWaitGetsThemOnce() {
        bring(3);
        client.subscribe((int) last - 5);
        long from = last - 4;
        bring(30);
        given.loop.pass(Duration.ofSeconds(1));
        assertThat(client.covered(from - 1)).isEqualTo(last);
    }

    @Test
    void slowClientGetsEveryEventInOrderWhenItReadsAgain() {
        client.subscribe(null);
        long head = last;
        client.link.room(2);
        bring(8);
        given.loop.pass(HubFixture.COALESCE);
        client.drain();
        assertThat(client.link.closed()).isNull();
        assertThat(client.covered(head)).isEqualTo(last);
    }
}
