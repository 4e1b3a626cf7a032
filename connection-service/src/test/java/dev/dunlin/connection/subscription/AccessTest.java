package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.fake.MemoryLog;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session may do with a channel, from the first question to the end of a membership. */
class AccessTest {
    private static final UserId BOB = new UserId("bob");

    private final ClientFixture client = new ClientFixture();
    private final HubFixture given = client.hub;

    @BeforeEach
    void log() {
        client.logOf(3);
    }

    private void bringLeft(long seq, UserId user) {
        ServerFrame.MemberLeft left = new ServerFrame.MemberLeft(HubFixture.CHANNEL, seq, user, new UserId("eve"), 1L);
        given.busSubscriptions.received(
                HubFixture.BUS_CHANNEL,
                BusMessage.event(seq, MemoryLog.EPOCH, new TraceId(1, 1), null, Json.write(left))
                        .encode());
        given.loop.run();
    }

    private void pass(Duration time) {
        for (int i = 0; i < 20; i++) {
            given.loop.pass(time.dividedBy(20));
        }
    }

    private void renew(TokenGrants grants) {
        client.session.renew(new Identity(BOB, grants, 0, 1L));
        client.subscriptions.renewed();
        given.loop.run();
    }

    private static TokenGrants grant() {
        return new TokenGrants(false, List.of(new TokenGrants.ChannelGrant("room:*", List.of("subscribe"))));
    }

    private ChannelUse use() {
        return client.subscriptions.use(HubFixture.CHANNEL);
    }

    @Test
    void aSubscriptionAllowsNothingUntilItIsGranted() {
        client.directory.holds(true);
        client.subscribe(null);
        assertThat(client.subscriptions.contains(HubFixture.CHANNEL)).isTrue();
        assertThat(use()).isEqualTo(ChannelUse.UNKNOWN);
        client.directory.letGo();
        client.settle();
        assertThat(use()).isEqualTo(ChannelUse.GRANTED);
    }

    @Test
    void itsOwnRemovalIsTheLastThatAMemberHears() {
        client.subscribe(null);
        given.bring(4);
        client.directory.member(false);
        client.directory.head(5);
        bringLeft(5, BOB);
        given.bring(6);
        assertThat(client.sent()).containsExactly("subscribed 3", "4", "member_left", "unsubscribed");
        assertThat(given.bus.isSubscribed(HubFixture.BUS_CHANNEL)).isFalse();
        assertThat(given.metrics.revoked).hasValue(1);
    }

    @Test
    void theRemovalOfSomebodyElseEndsNothingAndAsksNothing() {
        client.subscribe(null);
        int before = client.directory.calls();
        bringLeft(4, new UserId("alice"));
        given.bring(5);
        assertThat(client.sent()).containsExactly("subscribed 3", "member_left", "5");
        assertThat(client.directory.calls()).isEqualTo(before);
    }

    @Test
    void nothingIsSentAfterARemovalWhileAccessCannotBeAskedFor() {
        client.subscribe(null);
        client.directory.unreachable(true);
        bringLeft(4, BOB);
        given.bring(5, 6);
        pass(Duration.ofSeconds(20));
        assertThat(client.sent()).containsExactly("subscribed 3", "member_left");
        assertThat(use()).isEqualTo(ChannelUse.DOUBTFUL);
        client.directory.unreachable(false);
        client.directory.member(false);
        client.directory.head(6);
        pass(Duration.ofSeconds(10));
        assertThat(client.sent()).containsExactly("subscribed 3", "member_left", "unsubscribed");
    }

    @Test
    void whoMayStillReadGetsWhatCameMeanwhile() {
        client.subscribe(null);
        client.directory.unreachable(true);
        bringLeft(4, BOB);
        given.log.head(6);
        given.bring(5, 6);
        client.directory.unreachable(false);
        client.directory.head(6);
        pass(Duration.ofSeconds(10));
        given.bring(7);
        assertThat(client.sent()).containsExactly("subscribed 3", "member_left", "5", "6", "7");
        assertThat(use()).isEqualTo(ChannelUse.GRANTED);
    }

    @Test
    void anAnswerFromBeforeTheRemovalWasStoredDoesNotCount() {
        client.subscribe(null);
        bringLeft(4, BOB); // the store still says 3, and that bob is a member
        given.bring(5);
        assertThat(client.sent()).containsExactly("subscribed 3", "member_left");
        client.directory.member(false);
        client.directory.head(5);
        pass(Duration.ofSeconds(1));
        assertThat(client.sent()).containsExactly("subscribed 3", "member_left", "unsubscribed");
    }

    @Test
    void aReplayStopsWhereItIsAndContinuesWhenAccessIsKnown() {
        client.logOf(18);
        client.link.room(2);
        client.subscribe(0);
        client.directory.unreachable(true);
        client.subscriptions.left(HubFixture.CHANNEL);
        client.drain();
        pass(Duration.ofSeconds(1));
        int sent = client.sent().size();
        given.bring(19);
        assertThat(client.sent()).hasSize(sent).doesNotContain("18");
        given.log.head(19);
        client.directory.unreachable(false);
        pass(Duration.ofSeconds(10));
        assertThat(client.covered(0)).isEqualTo(19);
    }

    @Test
    void aResumeThatHasNotBegunIsAnsweredWhenAccessIsKnown() {
        given.log.unreachable(true);
        client.subscribe(1);
        client.directory.unreachable(true);
        client.subscriptions.left(HubFixture.CHANNEL);
        given.loop.run();
        given.log.unreachable(false);
        client.directory.unreachable(false);
        pass(Duration.ofSeconds(10));
        assertThat(client.sent()).containsExactly("subscribed 3 true", "2", "3");
    }

    @Test
    void aRemovalWhileTheFirstQuestionIsOpenIsAskedForOnceMore() {
        client.directory.holds(true);
        client.subscribe(null);
        client.directory.member(false);
        client.subscriptions.left(HubFixture.CHANNEL);
        client.directory.holds(false);
        client.directory.letGo(); // it says what was true before
        client.settle();
        assertThat(client.sent()).containsExactly("error forbidden");
        assertThat(client.subscriptions.contains(HubFixture.CHANNEL)).isFalse();
    }

    @Test
    void aRefusalFromBeforeTheUserWasAddedAgainDoesNotCount() {
        client.subscribe(null);
        client.directory.holds(true);
        client.directory.member(false);
        client.subscriptions.left(HubFixture.CHANNEL);
        client.directory.member(true);
        assertThat(client.subscriptions.joined(HubFixture.CHANNEL)).isTrue();
        client.directory.holds(false);
        client.directory.letGo();
        given.loop.run();
        given.bring(4);
        assertThat(client.sent()).containsExactly("subscribed 3", "4");
    }

    @Test
    void anAnswerFromBeforeTheNoticeDoesNotCount() {
        client.subscribe(null);
        client.directory.holds(true);
        client.subscriptions.membershipsChanged();
        client.subscriptions.left(HubFixture.CHANNEL);
        client.directory.member(false);
        client.directory.holds(false);
        client.directory.letGo(); // it says that bob is a member
        given.loop.run();
        assertThat(client.sent()).containsExactly("subscribed 3", "unsubscribed");
    }

    @Test
    void aLostConnectionToTheBusHasMembersAskedForAgain() {
        client.subscribe(null);
        client.directory.member(false);
        given.busSubscriptions.reconnected();
        given.loop.run();
        assertThat(client.sent()).containsExactly("subscribed 3", "unsubscribed");
    }

    @Test
    void theSlowRoundFindsARemovalThatNothingAnnounced() {
        given.hub.start();
        client.subscribe(null);
        client.directory.member(false);
        client.directory.unreachable(true);
        pass(HubFixture.SWEEP);
        assertThat(client.sent()).containsExactly("subscribed 3");
        client.directory.unreachable(false);
        pass(Duration.ofSeconds(20));
        assertThat(client.sent()).containsExactly("subscribed 3", "unsubscribed");
    }

    @Test
    void anEventThatCannotBeHadMayBeARemoval() {
        client.subscribe(null);
        client.directory.member(false);
        given.log.unreachable(true);
        given.bring(9); // a hole that cannot be repaired
        pass(Duration.ofSeconds(5));
        assertThat(client.sent()).endsWith("unsubscribed");
    }

    @Test
    void eventsBetweenTheAnswerAndTheSubscriptionMayBeARemoval() {
        given.log.head(5); // two more than when access was asked for
        client.subscribe(null);
        client.directory.member(false);
        given.loop.run();
        assertThat(client.directory.calls()).isEqualTo(2);
    }

    @Test
    void aTokenWithoutTheGrantEndsWhatRestedOnIt() {
        client.directory.member(false);
        client.session.renew(new Identity(BOB, grant(), 0, 1L));
        client.subscribe(null);
        renew(grant());
        given.bring(4);
        assertThat(client.sent()).containsExactly("subscribed 3", "4");
        renew(new TokenGrants(false, List.of()));
        given.bring(5);
        assertThat(client.sent()).containsExactly("subscribed 3", "4", "unsubscribed");
    }

    @Test
    void aTokenWithoutTheGrantEndsNothingThatRestsOnMembership() {
        client.session.renew(new Identity(BOB, grant(), 0, 1L));
        client.subscribe(null);
        renew(new TokenGrants(false, List.of()));
        given.bring(4);
        assertThat(client.sent()).containsExactly("subscribed 3", "4");
    }

    @Test
    void aTokenRenewedWhileTheQuestionIsOpenDecides() {
        client.directory.member(false);
        client.session.renew(new Identity(BOB, grant(), 0, 1L));
        client.directory.holds(true);
        client.subscribe(null);
        client.directory.holds(false);
        renew(new TokenGrants(false, List.of()));
        client.directory.letGo();
        client.settle();
        assertThat(client.sent()).containsExactly("error forbidden");
    }

    @Test
    void erasureHasEveryMembershipAskedForAgain() {
        client.subscribe(null);
        client.directory.member(false);
        client.subscriptions.membershipsChanged();
        given.loop.run();
        assertThat(client.sent()).containsExactly("subscribed 3", "unsubscribed");
    }

    @Test
    void erasureWhileTheFirstQuestionIsOpenIsAskedForOnceMore() {
        client.directory.holds(true);
        client.subscribe(null);
        client.directory.member(false);
        client.subscriptions.membershipsChanged();
        client.directory.holds(false);
        client.directory.letGo(); // it says what was true before
        client.settle();
        assertThat(client.sent()).containsExactly("error forbidden");
    }

    @Test
    void anAnswerFromBeforeTheErasureDoesNotCount() {
        client.subscribe(null);
        client.directory.holds(true);
        client.subscriptions.left(HubFixture.CHANNEL);
        client.directory.member(false);
        client.subscriptions.membershipsChanged();
        client.directory.holds(false);
        client.directory.letGo(); // it says that bob is a member
        given.loop.run();
        assertThat(client.sent()).containsExactly("subscribed 3", "unsubscribed");
    }

    @Test
    void aResumeIsAnsweredWhenTheRecheckEndsTheSubscription() {
        client.subscribe(null);
        given.log.unreachable(true);
        client.subscribe(1);
        client.directory.member(false);
        given.busSubscriptions.reconnected();
        given.loop.run();
        assertThat(client.sent()).containsExactly("subscribed 3", "error forbidden", "unsubscribed");
    }

    @Test
    void aRefusalOfARecheckFromBeforeTheUserWasAddedAgainDoesNotCount() {
        client.subscribe(null);
        client.directory.holds(true);
        client.directory.member(false);
        given.busSubscriptions.reconnected();
        given.loop.run();
        client.directory.member(true);
        client.directory.holds(false);
        client.directory.letGo();
        given.loop.run();
        given.bring(4);
        assertThat(client.sent()).containsExactly("subscribed 3", "4");
    }

    @Test
    void whoIsRemovedBeforeAWelcomedChannelBeginsIsUnsubscribed() {
        client.subscriptions.welcome(List.of(new ServerFrame.Membership(HubFixture.CHANNEL, MemoryLog.EPOCH, 3, 0, 0)));
        client.directory.member(false);
        client.subscriptions.left(HubFixture.CHANNEL);
        client.settle();
        assertThat(client.sent()).containsExactly("unsubscribed");
        assertThat(client.subscriptions.contains(HubFixture.CHANNEL)).isFalse();
    }

    @Test
    void whoUnsubscribedIsNotSubscribedAgainByANoticeOfTheSameMembership() {
        client.subscribe(null);
        client.unsubscribe();
        assertThat(client.subscriptions.joined(HubFixture.CHANNEL)).isTrue();
        client.subscriptions.left(HubFixture.CHANNEL);
        assertThat(client.subscriptions.joined(HubFixture.CHANNEL)).isFalse();
    }

    @Test
    void whoSubscribesAgainFollowsTheMembershipAgain() {
        client.subscribe(null);
        client.unsubscribe();
        client.subscribe(null);
        client.subscriptions.close();
        assertThat(client.subscriptions.joined(HubFixture.CHANNEL)).isFalse();
    }

    @Test
    void unsubscribingEndsTheQuestions() {
        client.subscribe(null);
        client.directory.unreachable(true);
        client.subscriptions.left(HubFixture.CHANNEL);
        given.loop.run();
        client.subscriptions.handle(new ClientFrame.Unsubscribe(null, HubFixture.CHANNEL));
        int before = client.directory.calls();
        pass(Duration.ofSeconds(20));
        assertThat(client.directory.calls()).isEqualTo(before);
        assertThat(client.sent()).containsExactly("subscribed 3", "unsubscribed");
    }
}
