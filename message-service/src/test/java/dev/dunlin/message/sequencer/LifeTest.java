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

import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.ArchiveChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.FinishPurge;
import dev.dunlin.protocol.kafka.ChannelCommand.ForgetMember;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.PurgeChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.UpdateChannel;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Archived and opened again, deleted for good and created again, and members who are forgotten. */
class LifeTest {
    private final LogFixture log = LogFixture.withGroup();

    @Test
    void anArchivedChannelIsOpenedAgainByItsOwner() {
        log.run(ALICE, ENG, new ArchiveChannel());

        assertThat(log.run(BOB, ENG, new UpdateChannel(null, false))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(ALICE, ENG, new UpdateChannel(null, false))).isInstanceOf(Outcome.Changed.class);
        assertThat(seq(log.run(BOB, ENG, message("a")))).isEqualTo(1);
    }

    @Test
    void onlyAnOwnerOrABackEndDeletesAChannelForGood() {
        assertThat(log.run(BOB, ENG, new PurgeChannel())).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(ALICE, ENG, new PurgeChannel())).isInstanceOf(Outcome.Changed.class);

        log.run(ALICE, LOBBY, message("a"));
        assertThat(log.run(ALICE, LOBBY, new PurgeChannel())).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.runAsServer(LOBBY, new PurgeChannel())).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void aChannelThatIsBeingDeletedIsNotFoundAndItsNameNotFree() {
        log.run(ALICE, ENG, message("a"));
        log.run(ALICE, ENG, new PurgeChannel());

        assertThat(log.run(ALICE, ENG, new Delete(1))).satisfies(refusedWith(ErrorCode.NOT_FOUND));
        assertThat(log.run(ALICE, ENG, message("b"))).satisfies(refusedWith(ErrorCode.UNAVAILABLE));
        assertThat(log.run(EVE, ENG, new CreateChannel(null, List.of()))).satisfies(refusedWith(ErrorCode.UNAVAILABLE));
    }

    @Test
    void onlyABackEndFinishesTheDeletionAndOnlyThatOfTheSameEpoch() {
        Epoch epoch = epoch(log.run(ALICE, ENG, message("a")));
        log.run(ALICE, ENG, new PurgeChannel());

        assertThat(log.run(ALICE, ENG, new FinishPurge(epoch))).satisfies(refusedWith(ErrorCode.NOT_FOUND));
        assertThat(log.runAsServer(ENG, new FinishPurge(new Epoch("other"))))
                .satisfies(refusedWith(ErrorCode.NOT_FOUND));
        assertThat(log.runAsServer(ENG, new FinishPurge(epoch))).isInstanceOf(Outcome.Changed.class);
        assertThat(log.runAsServer(ENG, new PurgeChannel())).satisfies(refusedWith(ErrorCode.NOT_FOUND));
    }

    @Test
    void aChannelCreatedAgainHasAnotherEpochAndStartsAtOne() {
        Epoch before = epoch(log.runAsServer(LOBBY, message("a")));
        log.runAsServer(LOBBY, new PurgeChannel());
        log.log.forget(LOBBY);
        log.runAsServer(LOBBY, new FinishPurge(before));

        Outcome again = log.run(EVE, LOBBY, message("b"));

        assertThat(seq(again)).isEqualTo(1);
        assertThat(epoch(again)).isNotEqualTo(before);
    }

    @Test
    void theEpochIsAnotherEvenIfTheClockStoodStill() {
        CommandRecord record = log.record(ALICE, ENG, message("x"));
        LogState state = log.log.load(Touched.by(List.of(record)));
        ChannelState old = ChannelState.create(state, log.record(ALICE, ENG, message("x")), null, null);
        CommandRecord early = new CommandRecord(record.position(), 1, record.trace(), record.command());

        assertThat(ChannelState.create(state, early, null, old).epoch()).isNotEqualTo(old.epoch());
    }

    @Test
    void aRecordOfADeletedChannelSeenAgainChangesNothingInTheNewOne() {
        CommandRecord first = log.record(EVE, LOBBY, message("a"));
        Epoch before = epoch(log.batch(first).getFirst());
        CommandRecord purge = log.record(LogFixture.BACKEND, Grant.SERVER, LOBBY, new PurgeChannel());
        log.batch(purge);
        assertThat(log.batch(purge).getFirst()).isInstanceOf(Outcome.Unchanged.class);
        log.log.forget(LOBBY);
        log.runAsServer(LOBBY, new FinishPurge(before));
        log.run(EVE, LOBBY, message("b"));

        assertThat(log.batch(first, purge))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isNotInstanceOf(Outcome.Appended.class)
                        .isNotInstanceOf(Outcome.Changed.class));
        assertThat(seq(log.run(EVE, LOBBY, message("c")))).isEqualTo(2);
    }

    @Test
    void whoJoinsLaterHasReadWhatWasBefore() {
        log.run(ALICE, ENG, message("a"));
        log.run(ALICE, ENG, new AddMember(EVE, Role.MEMBER));

        assertThat(log.run(EVE, ENG, new Mark(Mark.Kind.READ, 2))).isInstanceOf(Outcome.Unchanged.class);
        log.run(ALICE, ENG, message("b"));
        assertThat(log.run(EVE, ENG, new Mark(Mark.Kind.READ, 3))).isInstanceOf(Outcome.Marked.class);
    }

    @Test
    void aForgottenMemberIsGoneFromADirectChannelToo() {
        log.run(ALICE, DIRECT, message("a"));
        log.run(BOB, DIRECT, new Mark(Mark.Kind.READ, 1));

        assertThat(log.run(BOB, DIRECT, new ForgetMember(BOB))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(seq(log.runAsServer(DIRECT, new ForgetMember(BOB)))).isEqualTo(2);
        Outcome.Unchanged again = (Outcome.Unchanged) log.runAsServer(DIRECT, new ForgetMember(BOB));
        assertThat(again.notices()).containsExactly(new Outcome.Notice(BOB, new UserNotice.Left(DIRECT)));
        assertThat(log.run(BOB, DIRECT, message("b"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(seq(log.run(ALICE, DIRECT, message("c")))).isEqualTo(3);
    }

    private static Epoch epoch(Outcome outcome) {
        return ((Outcome.Appended) outcome).epoch();
    }
}
