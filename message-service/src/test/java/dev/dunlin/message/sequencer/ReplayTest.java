package dev.dunlin.message.sequencer;

import static dev.dunlin.message.sequencer.LogFixture.ALICE;
import static dev.dunlin.message.sequencer.LogFixture.BOB;
import static dev.dunlin.message.sequencer.LogFixture.DIRECT;
import static dev.dunlin.message.sequencer.LogFixture.ENG;
import static dev.dunlin.message.sequencer.LogFixture.EVE;
import static dev.dunlin.message.sequencer.LogFixture.LOBBY;
import static dev.dunlin.message.sequencer.LogFixture.message;
import static dev.dunlin.message.sequencer.LogFixture.seq;
import static dev.dunlin.message.sequencer.Refusals.refusedWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.ChannelCommand.UpdateChannel;
import dev.dunlin.protocol.kafka.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A crash between the store and the commit brings the same records again. */
class ReplayTest {
    private final LogFixture log = LogFixture.withGroup();

    @Test
    void recordsAppliedBeforeKeepTheirSeqsAndFramesAndNewOnesGoOn() {
        CommandRecord[] first = {
            log.record(ALICE, ENG, message("a")),
            log.record(BOB, ENG, message("b")),
            log.record(ALICE, ENG, new React(2, new Emoji("+1"), false)),
            log.record(ALICE, ENG, new Edit(1, message("x", "new").data())),
            log.record(ALICE, ENG, new AddMember(EVE, Role.MEMBER))
        };
        List<Outcome> before = log.batch(first);

        List<Outcome> again = log.batch(first);

        assertThat(again).extracting(LogFixture::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        for (int i = 0; i < first.length; i++) {
            Outcome.Appended was = (Outcome.Appended) before.get(i);
            Outcome.Appended is = (Outcome.Appended) again.get(i);
            assertThat(is.logged().frame()).isEqualTo(was.logged().frame());
            assertThat(is.notices()).isEqualTo(was.notices());
        }
        assertThat(log.log.events(ENG)).hasSize(5);
        assertThat(seq(log.run(BOB, ENG, message("c")))).isEqualTo(6);
    }

    @Test
    void aBatchOfOldAndNewRecordsNumbersOnlyTheNew() {
        CommandRecord old = log.record(ALICE, ENG, message("a"));
        log.batch(old);

        List<Outcome> outcomes = log.batch(old, log.record(BOB, ENG, message("b")));

        assertThat(outcomes).extracting(LogFixture::seq).containsExactly(1L, 2L);
        assertThat(log.log.events(ENG)).hasSize(2);
    }

    @Test
    void theWholeLogFromTheStartGivesTheSameNumbering() {
        CommandRecord[] all = {
            log.record(ALICE, DIRECT, message("a")),
            log.record(EVE, LOBBY, message("b")),
            log.record(BOB, DIRECT, message("c")),
            log.record(EVE, LOBBY, message("b")),
            log.record(EVE, DIRECT, message("foreign"))
        };
        log.batch(all);
        LogFixture rebuilt = new LogFixture();

        for (CommandRecord record : all) {
            rebuilt.batch(record);
        }

        assertThat(frames(rebuilt)).isEqualTo(frames(log));
    }

    @Test
    void aRepeatedPublishThatWasADuplicateIsOneAgain() {
        log.run(ALICE, ENG, message("a"));
        CommandRecord repeat = log.record(ALICE, ENG, message("a"));
        CommandRecord later = log.record(ALICE, ENG, message("b"));
        log.batch(repeat, later);

        assertThat(log.batch(repeat, later).getFirst()).isInstanceOf(Outcome.Duplicate.class);
    }

    @Test
    void whatWasRefusedIsNotCarriedOutByAReplayAfterTheReasonWent() {
        CommandRecord foreign = log.record(EVE, ENG, message("a"));
        CommandRecord joins = log.record(ALICE, ENG, new AddMember(EVE, Role.MEMBER));
        log.batch(foreign, joins);

        assertThat(log.batch(foreign).getFirst()).satisfies(refusedWith(ErrorCode.UNAVAILABLE));
        assertThat(log.log.events(ENG)).hasSize(1);
    }

    @Test
    void aRenameIsNotRepeatedOverALaterOne() {
        CommandRecord first = log.record(ALICE, ENG, new UpdateChannel("one"));
        CommandRecord second = log.record(ALICE, ENG, new UpdateChannel("two"));
        log.batch(first, second);

        log.batch(first);

        LogState state = log.log.load(Touched.by(List.of(first)));
        assertThat(state.channels().before(ENG).orElseThrow().title()).isEqualTo("two");
    }

    @Test
    void aCreationIsAnsweredAsOneAgain() {
        CommandRecord creation = log.record(ALICE, LOBBY, new CreateChannel("Lobby", List.of(BOB)));
        Outcome first = log.batch(creation).getFirst();

        assertThat(log.batch(creation).getFirst()).isEqualTo(first);
        assertThat(((Outcome.Changed) first).notices())
                .containsExactly(new Outcome.Notice(BOB, new UserNotice.Joined(LOBBY)));
    }

    @Test
    void aMarkIsAnnouncedAgainAndDoesNotMoveFurther() {
        log.run(ALICE, ENG, message("a"));
        CommandRecord mark = log.record(BOB, ENG, new Mark(Mark.Kind.READ, 1));
        CommandRecord beyond = log.record(ALICE, ENG, new Mark(Mark.Kind.READ, 2));
        log.batch(mark, beyond);
        log.run(ALICE, ENG, message("b"));

        List<Outcome> again = log.batch(mark, beyond);

        assertThat(again.getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Marked.class,
                        marked -> assertThat(marked.event()).isEqualTo(new ServerFrame.Read(ENG, BOB, 1)));
        assertThat(again.getLast()).isInstanceOf(Outcome.Unchanged.class);
    }

    private static List<String> frames(LogFixture fixture) {
        return Stream.of(DIRECT, LOBBY)
                .flatMap(channel -> fixture.log.events(channel).stream())
                .map(logged -> new String(logged.frame(), StandardCharsets.UTF_8))
                .toList();
    }
}
