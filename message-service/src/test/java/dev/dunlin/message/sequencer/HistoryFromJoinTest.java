package dev.dunlin.message.sequencer;

import static dev.dunlin.message.sequencer.LogFixture.ALICE;
import static dev.dunlin.message.sequencer.LogFixture.BOB;
import static dev.dunlin.message.sequencer.LogFixture.EVE;
import static dev.dunlin.message.sequencer.LogFixture.message;
import static dev.dunlin.message.sequencer.LogFixture.seq;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryFromJoinTest {
    private static final ChannelName LATE = new ChannelName("late:eng");

    private final LogFixture log = new LogFixture();

    @Test
    void aMemberNeitherAnswersNorReactsToWhatWasBeforeItJoined() {
        log.run(ALICE, LATE, new CreateChannel(null, List.of(BOB)));
        log.run(ALICE, LATE, message("a"));
        log.run(ALICE, LATE, new AddMember(EVE, Role.MEMBER));
        log.run(ALICE, LATE, message("b"));

        assertThat(log.run(EVE, LATE, new React(1, new Emoji("x"), false)))
                .isEqualTo(new Outcome.Refused(ErrorCode.NOT_FOUND, "there is no message 1"));
        assertThat(log.run(EVE, LATE, answer(1))).isInstanceOf(Outcome.Refused.class);

        assertThat(seq(log.run(EVE, LATE, new React(3, new Emoji("x"), false)))).isEqualTo(4);
        assertThat(seq(log.run(EVE, LATE, answer(3)))).isEqualTo(5);
        assertThat(seq(log.run(BOB, LATE, new React(1, new Emoji("x"), false)))).isEqualTo(6);
    }

    private static Publish answer(long to) {
        return new Publish(new ClientMessageId("answer"), TextNode.valueOf("yes"), to);
    }
}
