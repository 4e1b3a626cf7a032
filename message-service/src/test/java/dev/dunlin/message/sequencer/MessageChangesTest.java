package dev.dunlin.message.sequencer;

import static dev.dunlin.message.sequencer.LogFixture.ALICE;
import static dev.dunlin.message.sequencer.LogFixture.BOB;
import static dev.dunlin.message.sequencer.LogFixture.ENG;
import static dev.dunlin.message.sequencer.LogFixture.EVE;
import static dev.dunlin.message.sequencer.LogFixture.message;
import static dev.dunlin.message.sequencer.LogFixture.seq;
import static dev.dunlin.message.sequencer.Refusals.refusedWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.message.testing.Policies;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageChangesTest {
    private static final Emoji THUMB = new Emoji("👍");

    private final LogFixture log = LogFixture.withGroup();

    @Test
    void theAuthorEditsAndOthersDoNot() {
        log.run(ALICE, ENG, message("a"));

        assertThat(log.run(BOB, ENG, edit(1, "b"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(EVE, ENG, edit(1, "e"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        Outcome.Appended edited = (Outcome.Appended) log.run(ALICE, ENG, edit(1, "new"));

        assertThat(edited.logged().event())
                .isEqualTo(new ServerFrame.Edited(ENG, 2, 1, ALICE, 5_000, TextNode.valueOf("new")));
        assertThat(log.log.message(ENG, 1).orElseThrow().data()).asString().isEqualTo("\"new\"");
    }

    @Test
    void aBackEndEditsAndDeletesEverybodysMessages() {
        log.run(ALICE, ENG, message("a"));

        assertThat(seq(log.runAsServer(ENG, edit(1, "moderated")))).isEqualTo(2);
        assertThat(seq(log.runAsServer(ENG, new Delete(1)))).isEqualTo(3);
    }

    @Test
    void anEditMayNotBeLargerThanAMessage() {
        log.run(ALICE, ENG, message("a"));

        assertThat(log.run(ALICE, ENG, edit(1, "x".repeat(Policies.MOST_BYTES))))
                .satisfies(refusedWith(ErrorCode.TOO_LARGE));
    }

    @Test
    void aDeletedMessageLeavesATombstoneThatCannotBeChanged() {
        log.run(ALICE, ENG, message("a"));

        assertThat(seq(log.run(ALICE, ENG, new Delete(1)))).isEqualTo(2);
        assertThat(log.run(ALICE, ENG, new Delete(1))).isInstanceOf(Outcome.Unchanged.class);
        assertThat(log.run(ALICE, ENG, edit(1, "b"))).satisfies(refusedWith(ErrorCode.CONFLICT));
        assertThat(log.run(BOB, ENG, new React(1, THUMB, false))).satisfies(refusedWith(ErrorCode.CONFLICT));
        MessageState tombstone = log.log.message(ENG, 1).orElseThrow();
        assertThat(tombstone.deleted()).isTrue();
        assertThat(tombstone.data()).isNull();
    }

    @Test
    void whatIsNoMessageIsNotFound() {
        log.run(ALICE, ENG, message("a"));
        log.run(ALICE, ENG, edit(1, "b"));

        assertThat(log.run(ALICE, ENG, edit(2, "c"))).satisfies(refusedWith(ErrorCode.NOT_FOUND));
        assertThat(log.run(ALICE, ENG, new Delete(9))).satisfies(refusedWith(ErrorCode.NOT_FOUND));
    }

    @Test
    void aReactionThatNoUrlCanNameIsRefusedAndAnOldOneRemoved() {
        log.run(ALICE, ENG, message("a"));

        for (String dots : List.of(".", "..", "%2e.", "a/..")) {
            assertThat(log.run(BOB, ENG, new React(1, new Emoji(dots), false)))
                    .satisfies(refusedWith(ErrorCode.BAD_REQUEST));
            assertThat(log.run(BOB, ENG, new React(1, new Emoji(dots), true))).isInstanceOf(Outcome.Unchanged.class);
        }
    }

    @Test
    void aUserHasUpToTwentyReactionsAtAMessage() {
        log.run(ALICE, ENG, message("a"));
        for (int i = 0; i < MessageChanges.MOST_REACTIONS; i++) {
            assertThat(log.run(BOB, ENG, reaction("e" + i, false))).isInstanceOf(Outcome.Appended.class);
        }

        assertThat(log.run(BOB, ENG, reaction("more", false))).satisfies(refusedWith(ErrorCode.CONFLICT));
        assertThat(log.run(BOB, ENG, reaction("e0", false))).isInstanceOf(Outcome.Unchanged.class);
        assertThat(log.run(ALICE, ENG, reaction("more", false))).isInstanceOf(Outcome.Appended.class);
        assertThat(log.batch(
                                log.record(BOB, ENG, reaction("e0", true)),
                                log.record(BOB, ENG, reaction("more", false)),
                                log.record(BOB, ENG, reaction("evenmore", false)))
                        .getLast())
                .satisfies(refusedWith(ErrorCode.CONFLICT));
    }

    @Test
    void reactionsThatAreNotStoredYetCountToo() {
        log.run(ALICE, ENG, message("a"));
        Sequencer sequencer = new Sequencer(Policies.shipped());
        List<CommandRecord> first = IntStream.range(0, MessageChanges.MOST_REACTIONS)
                .mapToObj(i -> log.record(BOB, ENG, reaction("e" + i, false)))
                .toList();
        List<CommandRecord> second =
                List.of(log.record(BOB, ENG, reaction("e1", true)), log.record(BOB, ENG, reaction("more", false)));
        List<CommandRecord> third =
                List.of(log.record(BOB, ENG, reaction("e1", false)), log.record(BOB, ENG, reaction("e2", true)));
        LogState one = log.log.load(Touched.by(first));
        LogState two = log.log.load(Touched.by(second));
        LogState three = log.log.load(Touched.by(third));
        sequencer.sequence(one, first);
        two = InFlightState.over(Touched.by(second), two, List.of(one)).orElseThrow();
        assertThat(sequencer.sequence(two, second))
                .extracting(Sequenced::outcome)
                .hasOnlyElementsOfType(Outcome.Appended.class);
        three = InFlightState.over(Touched.by(third), three, List.of(one, two)).orElseThrow();
        List<Sequenced> outcomes = sequencer.sequence(three, third);

        assertThat(outcomes.getFirst().outcome()).satisfies(refusedWith(ErrorCode.CONFLICT));
        assertThat(outcomes.getLast().outcome()).isInstanceOf(Outcome.Appended.class);
    }

    @Test
    void dataThatOthersCannotReadIsRefused() throws InvalidInput {
        for (String data : List.of("\"\\ud83d\"", "{\"a\":[\"\\udc4d\\ud83d\"]}", "[1e401]", "1e-401")) {
            JsonNode node = Json.parse(data.getBytes(StandardCharsets.UTF_8));
            assertThat(log.run(ALICE, ENG, new Publish(new ClientMessageId("a"), node, null)))
                    .satisfies(refusedWith(ErrorCode.BAD_REQUEST));
        }
    }

    private static React reaction(String emoji, boolean remove) {
        return new React(1, new Emoji(emoji), remove);
    }

    @Test
    void publishedEditedAndDeletedInOneBatchIsATombstone() {
        List<Outcome> batch = log.batch(
                log.record(ALICE, ENG, message("a")),
                log.record(ALICE, ENG, edit(1, "b")),
                log.record(ALICE, ENG, new Delete(1)));

        assertThat(batch).extracting(LogFixture::seq).containsExactly(1L, 2L, 3L);
        assertThat(log.log.message(ENG, 1).orElseThrow().deleted()).isTrue();
    }

    @Test
    void aReactionCountsOncePerUserAndEmoji() {
        log.run(ALICE, ENG, message("a"));

        assertThat(seq(log.run(BOB, ENG, new React(1, THUMB, false)))).isEqualTo(2);
        assertThat(log.run(BOB, ENG, new React(1, THUMB, false))).isEqualTo(new Outcome.Unchanged(2, 3_000));
        assertThat(seq(log.run(ALICE, ENG, new React(1, THUMB, false)))).isEqualTo(3);
        assertThat(seq(log.run(BOB, ENG, new React(1, THUMB, true)))).isEqualTo(4);
        assertThat(log.run(BOB, ENG, new React(1, THUMB, true))).isInstanceOf(Outcome.Unchanged.class);
        assertThat(log.log.events(ENG)).hasSize(4);
    }

    @Test
    void halfOfASurrogatePairIsNoEmoji() {
        log.run(ALICE, ENG, message("a"));

        assertThat(log.run(BOB, ENG, new React(1, new Emoji("\ud83d"), false)))
                .satisfies(refusedWith(ErrorCode.BAD_REQUEST));
    }

    private static Edit edit(long seq, String text) {
        return new Edit(seq, TextNode.valueOf(text));
    }
}
