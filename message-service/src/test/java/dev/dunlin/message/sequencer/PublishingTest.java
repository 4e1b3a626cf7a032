package dev.dunlin.message.sequencer;

import static dev.dunlin.message.sequencer.LogFixture.ALICE;
import static dev.dunlin.message.sequencer.LogFixture.BOB;
import static dev.dunlin.message.sequencer.LogFixture.DIRECT;
import static dev.dunlin.message.sequencer.LogFixture.ENG;
import static dev.dunlin.message.sequencer.LogFixture.EVE;
import static dev.dunlin.message.sequencer.LogFixture.LOBBY;
import static dev.dunlin.message.sequencer.LogFixture.TICKER;
import static dev.dunlin.message.sequencer.LogFixture.message;
import static dev.dunlin.message.sequencer.LogFixture.seq;
import static dev.dunlin.message.sequencer.Refusals.refusedWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.message.testing.Policies;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.ArchiveChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishingTest {
    private final LogFixture log = LogFixture.withGroup();

    @Test
    void messagesOfAChannelAreNumberedDenselyAcrossBatches() {
        List<Outcome> batch = log.batch(
                log.record(ALICE, ENG, message("a")),
                log.record(BOB, ENG, message("b")),
                log.record(EVE, LOBBY, message("other")),
                log.record(ALICE, ENG, message("c")));

        assertThat(batch).extracting(LogFixture::seq).containsExactly(1L, 2L, 1L, 3L);
        assertThat(seq(log.run(BOB, ENG, message("d")))).isEqualTo(4);
    }

    @Test
    void aMessageCarriesTheTimeOfItsRecord() {
        CommandRecord record = log.record(ALICE, ENG, message("a"));

        Outcome.Appended appended = (Outcome.Appended) log.batch(record).getFirst();

        assertThat(appended.logged().event().ts()).isEqualTo(record.ts());
    }

    @Test
    void anIdPublishedAgainInTheSameBatchGivesTheFirstSeqAndTime() {
        List<Outcome> batch = log.batch(
                log.record(ALICE, ENG, message("a")),
                log.record(ALICE, ENG, message("b")),
                log.record(ALICE, ENG, message("a", "other text")));

        assertThat(batch.get(2)).isEqualTo(new Outcome.Duplicate(new ClientMessageId("a"), 1, 2_000));
    }

    @Test
    void anIdPublishedAgainLaterGivesTheFirstSeqAndNoEvent() {
        log.run(ALICE, ENG, message("a"));

        assertThat(log.run(ALICE, ENG, message("a"))).isInstanceOf(Outcome.Duplicate.class);
        assertThat(log.log.events(ENG)).hasSize(1);
    }

    @Test
    void theSameIdOfAnotherUserOrInAnotherChannelIsAnotherMessage() {
        log.run(ALICE, ENG, message("a"));

        assertThat(seq(log.run(BOB, ENG, message("a")))).isEqualTo(2);
        assertThat(seq(log.run(ALICE, LOBBY, message("a")))).isEqualTo(1);
    }

    @Test
    void aRepeatIsAnsweredEvenAfterTheChannelWasArchived() {
        log.run(ALICE, ENG, message("a"));
        log.run(ALICE, ENG, new ArchiveChannel());

        assertThat(log.run(ALICE, ENG, message("a"))).isInstanceOf(Outcome.Duplicate.class);
        assertThat(log.run(ALICE, ENG, message("b"))).satisfies(refusedWith(ErrorCode.CONFLICT));
    }

    @Test
    void whoIsNoMemberIsRefused() {
        assertThat(log.run(EVE, ENG, message("a"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
    }

    @Test
    void aGrantStandsForMembership() {
        assertThat(seq(log.batch(log.record(EVE, Grant.PUBLISH, ENG, message("a")))
                        .getFirst()))
                .isEqualTo(1);
    }

    @Test
    void onlyABackEndPublishesToATicker() {
        assertThat(log.run(ALICE, TICKER, message("a"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(seq(log.runAsServer(TICKER, message("a")))).isEqualTo(1);
    }

    @Test
    void aRefusedPublishDoesNotBringAChannelToBe() {
        log.run(ALICE, TICKER, message("a"));

        Outcome.Appended appended = (Outcome.Appended) log.runAsServer(TICKER, message("b"));

        assertThat(appended.epoch().value()).isEqualTo(Long.toString(3_000, 36));
    }

    @Test
    void aDirectChannelComesToBeWithBothMembersByTheFirstMessage() {
        Outcome.Appended appended = (Outcome.Appended) log.run(BOB, DIRECT, message("a"));

        assertThat(appended.logged().event().seq()).isEqualTo(1);
        assertThat(appended.notices()).extracting(Outcome.Notice::user).containsExactly(ALICE, BOB);
        assertThat(seq(log.run(ALICE, DIRECT, message("b")))).isEqualTo(2);
        assertThat(log.run(EVE, DIRECT, message("c"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
    }

    @Test
    void aGroupThatNobodyCreatedIsNotFoundByABackEndAndSomebodyElsesForAUser() {
        ChannelName none = new ChannelName("group:none");
        assertThat(log.runAsServer(none, message("a"))).satisfies(refusedWith(ErrorCode.NOT_FOUND));
        assertThat(log.run(ALICE, none, message("a"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
    }

    @Test
    void anUnknownNamespaceIsNotFound() {
        assertThat(log.run(ALICE, new ChannelName("nonsense:a"), message("a")))
                .satisfies(refusedWith(ErrorCode.NOT_FOUND));
    }

    @Test
    void anEphemeralChannelHasNoLog() {
        assertThat(log.run(ALICE, new ChannelName("signal:a"), message("a")))
                .satisfies(refusedWith(ErrorCode.BAD_REQUEST))
                .asString()
                .contains("ephemeral", "signal");
    }

    @Test
    void dataMayBeAsLargeAsTheLimitAndNoLarger() {
        String most = "x".repeat(Policies.MOST_BYTES - 2); // two bytes are the quotes

        assertThat(seq(log.run(ALICE, ENG, message("a", most)))).isEqualTo(1);
        assertThat(log.run(ALICE, ENG, message("b", most + "x"))).satisfies(refusedWith(ErrorCode.TOO_LARGE));
    }

    @Test
    void halfOfASurrogatePairDoesNotStopTheLog() {
        log.run(ALICE, ENG, message("a", "\ud83d"));

        assertThat(log.run(ALICE, ENG, message("b"))).isInstanceOf(Outcome.Appended.class);
    }

    @Test
    void aReplyNamesAMessageThatIsThere() {
        log.run(ALICE, ENG, message("a"));

        Outcome.Appended reply = (Outcome.Appended) log.run(BOB, ENG, reply("b", 1L));

        assertThat(((ServerFrame.Message) reply.logged().event()).replyTo()).isEqualTo(1);
        assertThat(log.run(BOB, ENG, reply("c", 9L))).satisfies(refusedWith(ErrorCode.BAD_REQUEST));
    }

    private static Publish reply(String id, Long to) {
        return new Publish(new ClientMessageId(id), TextNode.valueOf("re"), to);
    }
}
