package dev.dunlin.message.sequencer;

import static dev.dunlin.message.sequencer.LogFixture.ALICE;
import static dev.dunlin.message.sequencer.LogFixture.EVE;
import static dev.dunlin.message.sequencer.LogFixture.message;
import static dev.dunlin.message.sequencer.LogFixture.seq;
import static dev.dunlin.message.sequencer.Refusals.refusedWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What is older than the retention is gone, by the times of the records and not by any clock,
 * whether or not its rows are still there.
 */
class RetentionTest {
    private static final ChannelName BRIEF = new ChannelName("brief:a");
    private static final long RETENTION = Duration.ofHours(1).toMillis();
    private static final long REMEMBERED = Duration.ofHours(24).toMillis();

    private final LogFixture log = new LogFixture();
    private long offset;

    @Test
    void anExpiredMessageIsNotFoundByEditsReactionsAndReplies() {
        at(0, message("a"));

        assertThat(at(RETENTION, new React(1, new Emoji("x"), false))).isInstanceOf(Outcome.Appended.class);
        assertThat(at(RETENTION + 1, new React(1, new Emoji("y"), false))).satisfies(refusedWith(ErrorCode.NOT_FOUND));
        assertThat(at(RETENTION + 1, new Edit(1, TextNode.valueOf("b")))).satisfies(refusedWith(ErrorCode.NOT_FOUND));
        assertThat(at(RETENTION + 1, new Publish(new ClientMessageId("b"), TextNode.valueOf("b"), 1L)))
                .satisfies(refusedWith(ErrorCode.BAD_REQUEST));
    }

    @Test
    void anIdIsRememberedForADayHoweverShortTheRetentionIs() {
        at(0, message("a"));

        assertThat(at(REMEMBERED, message("a"))).isInstanceOf(Outcome.Duplicate.class);
        assertThat(seq(at(REMEMBERED + 1, message("a")))).isEqualTo(2);
        assertThat(seq(at(REMEMBERED + 2, message("a")))).isEqualTo(2);
    }

    @Test
    void timesDoNotFallAlongTheLogEvenIfProducersClocksDo() {
        at(5_000, message("a"));

        assertThat(((Outcome.Appended) at(1_000, message("b"))).logged().event().ts())
                .isEqualTo(5_000);
    }

    private Outcome at(long ts, Operation operation) {
        return log.batch(new CommandRecord(
                        new LogPosition(0, offset++),
                        ts,
                        new TraceId(0, 1),
                        new ChannelCommand(
                                BRIEF,
                                operation instanceof React ? EVE : ALICE,
                                ChannelCommand.Grant.NONE,
                                null,
                                operation)))
                .getFirst();
    }
}
