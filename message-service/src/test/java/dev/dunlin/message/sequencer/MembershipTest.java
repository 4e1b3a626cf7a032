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

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.ArchiveChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.ForgetMember;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.ChannelCommand.UpdateChannel;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private final LogFixture log = LogFixture.withGroup();

    @Test
    void ownersAddMembersAndMembersDoNot() {
        assertThat(log.run(BOB, ENG, new AddMember(EVE, Role.MEMBER))).satisfies(refusedWith(ErrorCode.FORBIDDEN));

        Outcome.Appended added = (Outcome.Appended) log.run(ALICE, ENG, new AddMember(EVE, Role.MEMBER));

        assertThat(added.logged().event()).isEqualTo(new ServerFrame.MemberJoined(ENG, 1, EVE, ALICE, 3_000));
        assertThat(added.notices()).containsExactly(new Outcome.Notice(EVE, new UserNotice.Joined(ENG)));
        assertThat(seq(log.run(EVE, ENG, message("a")))).isEqualTo(2);
    }

    @Test
    void aMemberLeavesAndCannotPublishAnyMore() {
        Outcome.Appended left = (Outcome.Appended) log.run(BOB, ENG, new RemoveMember(BOB));

        assertThat(left.logged().event()).isEqualTo(new ServerFrame.MemberLeft(ENG, 1, BOB, BOB, 2_000));
        assertThat(left.notices()).containsExactly(new Outcome.Notice(BOB, new UserNotice.Left(ENG)));
        assertThat(log.run(BOB, ENG, message("a"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
    }

    @Test
    void membersDoNotRemoveOthers() {
        assertThat(log.run(BOB, ENG, new RemoveMember(ALICE))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(seq(log.run(ALICE, ENG, new RemoveMember(BOB)))).isEqualTo(1);
    }

    @Test
    void aRemovalThatIsRepeatedNotifiesAgain() {
        log.run(ALICE, ENG, new RemoveMember(BOB));

        Outcome.Unchanged again = (Outcome.Unchanged) log.run(ALICE, ENG, new RemoveMember(BOB));

        assertThat(again.notices()).containsExactly(new Outcome.Notice(BOB, new UserNotice.Left(ENG)));
    }

    @Test
    void nobodyWhomNoUrlCanNameBecomesAMember() {
        UserId dots = new UserId("..");

        assertThat(log.run(ALICE, ENG, new AddMember(dots, Role.MEMBER))).satisfies(refusedWith(ErrorCode.BAD_REQUEST));
        assertThat(log.run(EVE, new ChannelName("group:dots"), new CreateChannel(null, List.of(dots))))
                .satisfies(refusedWith(ErrorCode.BAD_REQUEST));
        assertThat(log.run(EVE, new ChannelName("dm:..:eve"), message("a")))
                .satisfies(refusedWith(ErrorCode.BAD_REQUEST));
    }

    @Test
    void aMemberBecomesAnOwnerWithoutAnEvent() {
        assertThat(log.run(ALICE, ENG, new AddMember(BOB, Role.OWNER))).isInstanceOf(Outcome.Changed.class);

        assertThat(seq(log.run(BOB, ENG, new AddMember(EVE, Role.MEMBER)))).isEqualTo(1);
    }

    @Test
    void theOnlyOwnerNeitherLeavesNorGivesUpTheRole() {
        assertThat(log.run(ALICE, ENG, new RemoveMember(ALICE))).satisfies(refusedWith(ErrorCode.CONFLICT));
        assertThat(log.run(ALICE, ENG, new AddMember(ALICE, Role.MEMBER))).satisfies(refusedWith(ErrorCode.CONFLICT));
        assertThat(log.run(ALICE, ENG, new RemoveMember(ALICE, EVE))).satisfies(refusedWith(ErrorCode.CONFLICT));
        assertThat(log.run(ALICE, ENG, new RemoveMember(ALICE, ALICE))).satisfies(refusedWith(ErrorCode.CONFLICT));

        assertThat(seq(log.run(ALICE, ENG, new AddMember(EVE, Role.MEMBER)))).isEqualTo(1);
    }

    @Test
    void theSuccessorOfTheOnlyOwnerOwns() {
        Outcome.Appended left = (Outcome.Appended) log.run(ALICE, ENG, new RemoveMember(ALICE, BOB));

        assertThat(left.logged().event()).isEqualTo(new ServerFrame.MemberLeft(ENG, 1, ALICE, ALICE, 2_000));
        assertThat(log.run(BOB, ENG, new AddMember(BOB, Role.MEMBER))).satisfies(refusedWith(ErrorCode.CONFLICT));
        assertThat(seq(log.run(BOB, ENG, new AddMember(EVE, Role.MEMBER)))).isEqualTo(2);
        assertThat(log.run(BOB, ENG, new AddMember(BOB, Role.MEMBER, EVE))).isInstanceOf(Outcome.Changed.class);
        assertThat(log.run(BOB, ENG, new UpdateChannel("Bob's"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(EVE, ENG, new UpdateChannel("Eve's"))).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void oneOfTwoOwnersLeavesButNotTheSecondInTheSameBatch() {
        log.run(ALICE, ENG, new AddMember(BOB, Role.OWNER));

        List<Outcome> both =
                log.batch(log.record(ALICE, ENG, new RemoveMember(ALICE)), log.record(BOB, ENG, new RemoveMember(BOB)));

        assertThat(seq(both.getFirst())).isEqualTo(1);
        assertThat(both.getLast()).satisfies(refusedWith(ErrorCode.CONFLICT));
    }

    @Test
    void aBackEndTakesTheOnlyOwnerOutAndManagesWhatIsLeft() {
        assertThat(seq(log.runAsServer(ENG, new RemoveMember(ALICE)))).isEqualTo(1);

        assertThat(log.runAsServer(ENG, new AddMember(BOB, Role.OWNER))).isInstanceOf(Outcome.Changed.class);
        assertThat(log.run(BOB, ENG, new UpdateChannel("Bob's"))).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void anErasureMakesTheSuccessorAnOwnerOnlyWhereThereIsNoOther() {
        log.run(ALICE, ENG, new AddMember(EVE, Role.OWNER));
        log.runAsServer(ENG, new ForgetMember(EVE, BOB));
        assertThat(log.run(BOB, ENG, new UpdateChannel("Bob's"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));

        log.runAsServer(ENG, new ForgetMember(ALICE, BOB));

        assertThat(log.run(BOB, ENG, new UpdateChannel("Bob's"))).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void whoeverWantsToJoinsAnOpenChannelButNobodyJoinsOthers() {
        assertThat(seq(log.run(EVE, LOBBY, new AddMember(EVE, Role.MEMBER)))).isEqualTo(1);
        assertThat(log.run(EVE, LOBBY, new AddMember(BOB, Role.MEMBER))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(EVE, LOBBY, new AddMember(EVE, Role.OWNER))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
    }

    @Test
    void theMembersOfADirectChannelAreFixed() {
        log.run(ALICE, DIRECT, message("a"));

        assertThat(log.run(ALICE, DIRECT, new AddMember(EVE, Role.MEMBER)))
                .satisfies(refusedWith(ErrorCode.BAD_REQUEST));
        assertThat(log.run(ALICE, DIRECT, new RemoveMember(ALICE))).satisfies(refusedWith(ErrorCode.BAD_REQUEST));
    }

    @Test
    void creatingAChannelThatExistsShowsItToMembersOnly() {
        assertThat(log.run(BOB, ENG, new CreateChannel("other", List.of()))).isInstanceOf(Outcome.Unchanged.class);
        assertThat(log.run(EVE, ENG, new CreateChannel(null, List.of()))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
    }

    @Test
    void theCreatorMayStandInTheListOfMembersAndStaysTheOwner() {
        LogFixture fresh = new LogFixture();
        fresh.run(ALICE, ENG, new CreateChannel(null, List.of(ALICE, BOB)));

        assertThat(fresh.run(ALICE, ENG, new UpdateChannel("Engineers"))).isInstanceOf(Outcome.Changed.class);
        assertThat(fresh.run(BOB, ENG, new UpdateChannel("Bob's"))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
    }

    @Test
    void aTickerIsOpenedByAnybodyAndNamedByABackEnd() {
        assertThat(log.run(EVE, TICKER, new CreateChannel("mine", List.of())))
                .satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(EVE, TICKER, new CreateChannel(null, List.of()))).isInstanceOf(Outcome.Changed.class);
        assertThat(log.runAsServer(TICKER, new UpdateChannel("EUR/USD"))).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void aTitleThatAStoreCannotHoldIsRefused() {
        assertThat(log.run(ALICE, ENG, new UpdateChannel("a\u0000b"))).satisfies(refusedWith(ErrorCode.BAD_REQUEST));
        assertThat(log.run(ALICE, ENG, new UpdateChannel(" "))).satisfies(refusedWith(ErrorCode.BAD_REQUEST));
    }

    @Test
    void onlyOwnersArchive() {
        assertThat(log.run(BOB, ENG, new ArchiveChannel())).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(log.run(ALICE, ENG, new ArchiveChannel())).isInstanceOf(Outcome.Changed.class);
        assertThat(log.run(ALICE, ENG, new ArchiveChannel())).isInstanceOf(Outcome.Unchanged.class);
    }

    @Test
    void marksGoForwardOnlyAndNotBeyondTheHead() {
        log.run(ALICE, ENG, message("a"));
        log.run(ALICE, ENG, message("b"));

        assertThat(log.run(BOB, ENG, new Mark(Mark.Kind.READ, 2))).isInstanceOf(Outcome.Marked.class);
        assertThat(log.run(BOB, ENG, new Mark(Mark.Kind.READ, 1))).isInstanceOf(Outcome.Unchanged.class);
        assertThat(log.run(BOB, ENG, new Mark(Mark.Kind.RECEIVED, 2))).isInstanceOf(Outcome.Unchanged.class);
        assertThat(log.run(BOB, ENG, new Mark(Mark.Kind.READ, 3))).satisfies(refusedWith(ErrorCode.BAD_REQUEST));
        assertThat(log.run(EVE, ENG, new Mark(Mark.Kind.READ, 1))).satisfies(refusedWith(ErrorCode.FORBIDDEN));
        assertThat(seq(log.run(ALICE, ENG, message("c")))).isEqualTo(3);
    }
}
