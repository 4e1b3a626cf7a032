package dev.dunlin.connection.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionKey;
import dev.dunlin.edge.FreshChannels;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PublishingTest {
    private static final Ref REF = Ref.of(7);

    private final MemoryLink link = new MemoryLink(Runnable::run);
    private final Session session = new Session(
            new SessionKey(0, 1),
            new Identity(new UserId("bob"), new TokenGrants(false, List.of()), 0, Long.MAX_VALUE),
            Device.WEB,
            link,
            new Outbox(link, 4_000, new CountingMetrics()));

    private final Unanswered unanswered = new Unanswered(3, () -> 0, () -> {});

    private void publish(CommandLog log, String... channels) {
        Publishing publishing = new Publishing(
                new NodeId("n1"),
                log,
                1_000,
                new FreshChannels(1, () -> Instant.EPOCH, () -> {}),
                unanswered,
                new Random(1));
        for (String channel : channels) {
            publishing.submit(
                    session,
                    new ClientFrame.Publish(
                            REF, new ChannelName(channel), new ClientMessageId("a"), IntNode.valueOf(1), null, null),
                    100);
        }
    }

    private ServerFrame.ErrorReply refusal() throws Exception {
        assertThat(link.sent()).hasSize(1);
        return Json.read(link.sent().getFirst().getBytes(StandardCharsets.UTF_8), ServerFrame.ErrorReply.class);
    }

    @Test
    void aLogThatIsFullSaysWhenToTryAgain() throws Exception {
        RefusedException full = new RefusedException(ErrorCode.OVERLOADED, "too much waits", Duration.ofSeconds(1));
        publish((command, trace) -> CompletableFuture.failedFuture(full), "room:a");
        assertThat(refusal())
                .isEqualTo(new ServerFrame.ErrorReply(REF, ErrorCode.OVERLOADED, "too much waits", true, 1_000L));
    }

    @Test
    void moreThanMayWaitForTheirReplyAreRefused() throws Exception {
        publish((command, trace) -> CompletableFuture.completedFuture(null), "room:a", "room:a", "room:a", "room:a");
        assertThat(refusal())
                .isEqualTo(new ServerFrame.ErrorReply(
                        REF, ErrorCode.OVERLOADED, "3 messages already wait for their ack on this node", true, 500L));
    }

    @Test
    void whatIsNotAppendedDoesNotWaitForAReply() {
        publish((command, trace) -> CompletableFuture.failedFuture(new IOException("no broker")), "room:a", "room:a");
        assertThat(unanswered.size()).isZero();
    }

    @Test
    void oneChannelTooManyIsRefusedUntilTheMinuteAllowsIt() throws Exception {
        publish((command, trace) -> CompletableFuture.completedFuture(null), "room:a", "room:a", "room:b");
        assertThat(refusal().code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal().retryable()).isTrue();
        assertThat(refusal().retryAfterMs()).isEqualTo(60_000);
    }
}
