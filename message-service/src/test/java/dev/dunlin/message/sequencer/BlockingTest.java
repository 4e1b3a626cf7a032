package dev.dunlin.message.sequencer;

import static dev.dunlin.message.sequencer.LogFixture.ALICE;
import static dev.dunlin.message.sequencer.LogFixture.BOB;
import static dev.dunlin.message.sequencer.LogFixture.DIRECT;
import static dev.dunlin.message.sequencer.LogFixture.ENG;
import static dev.dunlin.message.sequencer.LogFixture.EVE;
import static dev.dunlin.message.sequencer.LogFixture.message;
import static dev.dunlin.message.sequencer.LogFixture.seq;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.kafka.ChannelCommand.Block;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockingTest {
    private final LogFixture log = LogFixture.withGroup();

    @Test
    void nobodyWritesInADirectChannelWhileOneBlocksTheOther() {
        log.run(BOB, DIRECT, message("a"));
        assertThat(log.run(ALICE, DIRECT, new Block(true))).isInstanceOf(Outcome.Changed.class);

        assertThat(log.run(BOB, DIRECT, message("b"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(ALICE, DIRECT, message("b"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(BOB, DIRECT, new Edit(1, TextNode.valueOf("new"))))
                .satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(BOB, DIRECT, new React(1, new Emoji("x"), false)))
                .satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(seq(log.runAsServer(DIRECT, message("c")))).isEqualTo(2);

        assertThat(log.run(ALICE, DIRECT, new Block(false))).isInstanceOf(Outcome.Changed.class);
        assertThat(seq(log.run(BOB, DIRECT, message("b")))).isEqualTo(3);
    }

    @Test
    void whoIsBlockedCannotOpenADirectChannelThatWasNotThere() {
        assertThat(log.run(ALICE, DIRECT, new Block(true)))
                .isInstanceOfSatisfying(
                        Outcome.Changed.class,
                        changed -> assertThat(changed.notices()).isEmpty());

        assertThat(log.run(BOB, DIRECT, message("a"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(BOB, DIRECT, new CreateChannel(null, List.of())))
                .satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(BOB, DIRECT, new Block(false))).isInstanceOf(Outcome.Unchanged.class);

        Outcome.Changed ended = (Outcome.Changed) log.run(ALICE, DIRECT, new Block(false));
        assertThat(ended.notices()).contains(new Outcome.Notice(BOB, new UserNotice.Joined(DIRECT)));
        assertThat(seq(log.run(BOB, DIRECT, message("a")))).isEqualTo(1);
    }

    @Test
    void aBackEndThatPublishesWhereABlockMadeTheChannelMakesBothMembers() {
        log.run(ALICE, DIRECT, new Block(true));

        Outcome.Appended first = (Outcome.Appended) log.runAsServer(DIRECT, message("notice"));
        assertThat(first.notices()).contains(new Outcome.Notice(BOB, new UserNotice.Joined(DIRECT)));
        assertThat(log.run(BOB, DIRECT, message("a"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));

        log.run(ALICE, DIRECT, new Block(false));
        assertThat(seq(log.run(BOB, DIRECT, message("a")))).isEqualTo(2);
    }

    @Test
    void onlyTheTwoBlockEachOtherAndOnlyThere() {
        log.run(BOB, DIRECT, message("a"));

        assertThat(log.run(EVE, DIRECT, new Block(true))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(ALICE, ENG, new Block(true))).satisfies(refusedWith(ErrorCode.BAD_REQUEST));
        assertThat(log.run(ALICE, DIRECT, new Block(false))).isInstanceOf(Outcome.Unchanged.class);
    }

    @Test
    void aBlockThatWasNeverSetMakesNoChannel() {
        assertThat(log.run(ALICE, DIRECT, new Block(false))).isInstanceOf(Outcome.Unchanged.class);

        Outcome.Appended first = (Outcome.Appended) log.run(BOB, DIRECT, message("a"));
        assertThat(first.notices()).hasSize(2);
    }

    private static java.util.function.Consumer<Outcome> refusedWith(ErrorCode code) {
        return outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }
}
