package dev.dunlin.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private final SendQueue queue = new SendQueue();

    @Test
    void onlyTheOldestOfAChannelIsUnderWay() {
        add(1);
        add(2);
        assertThat(queue.heads()).extracting(frame -> frame.id().value()).containsExactly("id1");
        queue.remove(Ref.of(1));
        assertThat(queue.next(Events.ENG)).map(frame -> frame.id().value()).contains("id2");
        queue.remove(Ref.of(2));
        assertThat(queue.next(Events.ENG)).isEmpty();
    }

    @Test
    void whatHasNoAnswerForTwoChecksIsOverdue() {
        add(1);
        add(2);
        assertThat(queue.overdue()).isEmpty();
        assertThat(queue.overdue()).extracting(frame -> frame.id().value()).containsExactly("id1");
    }

    @Test
    void sendingOnANewLinkStartsTheWaitAgain() {
        add(1);
        assertThat(queue.overdue()).isEmpty();
        assertThat(queue.heads()).hasSize(1);
        assertThat(queue.overdue()).isEmpty();
    }

    @Test
    void drainLeavesNothing() {
        add(1);
        assertThat(queue.drain()).hasSize(1);
        assertThat(queue.heads()).isEmpty();
    }

    private void add(long ref) {
        queue.add(
                Ref.of(ref),
                new SendQueue.Pending(
                        new ClientFrame.Publish(
                                Ref.of(ref), Events.ENG, new ClientMessageId("id" + ref), Json.tree("x"), null),
                        new CompletableFuture<>()));
    }
}
