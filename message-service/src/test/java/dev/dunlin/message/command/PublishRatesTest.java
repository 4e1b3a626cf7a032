package dev.dunlin.message.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.edge.rate.KeyedRates;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.ArchiveChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.ReplyTo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PublishRatesTest {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final Operation WRITE = new Delete(1);

    private final AtomicInteger refused = new AtomicInteger();
    private final PublishRates rates = new PublishRates(
            new NodeId("here"),
            new KeyedRates<>(3, 3, 10, InstantSource.fixed(Instant.EPOCH)),
            refused::incrementAndGet);

    @Test
    void whatCameOverLinksIsMissingOverRest() {
        sequenced("node-1", ALICE, Grant.NONE, WRITE);
        sequenced("node-2", ALICE, Grant.NONE, WRITE);
        assertThat(rates.take(ALICE, WRITE)).isEmpty();
        assertThat(rates.take(ALICE, WRITE)).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter()).isNotNull();
        });
        assertThat(refused).hasValue(1);
        assertThat(rates.take(BOB, WRITE)).isEmpty();
    }

    @Test
    void ownRequestsCountOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(rates.take(ALICE, WRITE)).isEmpty();
            sequenced("here", ALICE, Grant.NONE, WRITE);
        }
        assertThat(rates.take(ALICE, WRITE)).isPresent();
    }

    @Test
    void backEndsAndWhatWritesNothingDoNotCount() {
        for (int i = 0; i < 5; i++) {
            sequenced("node-1", ALICE, Grant.SERVER, WRITE);
            sequenced("node-1", ALICE, Grant.NONE, new ArchiveChannel());
            assertThat(rates.take(ALICE, new ArchiveChannel())).isEmpty();
        }
        assertThat(rates.take(ALICE, WRITE)).isEmpty();
    }

    private void sequenced(String node, UserId user, Grant grant, Operation operation) {
        ChannelCommand command = new ChannelCommand(
                new ChannelName("room:a"),
                user,
                grant,
                new ReplyTo(new NodeId(node), new SessionId("s1"), null),
                operation);
        rates.processed(
                List.of(new Sequenced(
                        new CommandRecord(new LogPosition(0, 0), 0, new TraceId(1, 2), command),
                        new Outcome.Refused(ErrorCode.FORBIDDEN, "no"))),
                1);
    }
}
