package dev.dunlin.connection.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.kafka.PresenceShard;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PresenceWatchesTest {
    private static final long OWNER = WatchFixture.OWNER;

    private final WatchFixture node = new WatchFixture();

    @Test
    void watchIsAnsweredAfterTheSubscriptionIsConfirmed() {
        node.send(true, "alice");
        assertThat(node.service.asked()).isEmpty();
        node.confirm("alice");
        assertThat(node.frames()).containsExactly("presence_state");
    }

    @Test
    void usersOfAShardShareOneSubscriptionWhichEndsWithTheLastWatch() {
        List<String> users = sameShard(2);
        node.watch(users.get(0), users.get(1));
        assertThat(node.busSubscriptions.size()).isEqualTo(1);
        node.ask(false, users.get(0));
        assertThat(node.busSubscriptions.size()).isEqualTo(1);
        node.watches.ended(node.session);
        node.loop.run();
        assertThat(node.busSubscriptions.size()).isZero();
    }

    @Test
    void thousandsOfWatchesTakeOneSubscriptionForEachShard() {
        for (int batch = 0; batch < 10; batch++) {
            node.watch(users(batch * 100, 100));
        }
        assertThat(node.busSubscriptions.size()).isEqualTo(PresenceShard.COUNT);
    }

    @Test
    void refusesAWatchTooManyAndWatchesNobodyOfThatFrame() {
        for (int batch = 0; batch < 10; batch++) {
            node.watch(users(batch * 100, 100));
        }
        node.ask(true, "w999", "one-too-many");
        assertThat(node.frames()).containsExactly("error");
        node.bring(OWNER, 1, Status.ONLINE, "one-too-many");
        assertThat(node.frames()).isEmpty();
        node.ask(true, "w0", "w999"); // they are watched already
        assertThat(node.frames()).containsExactly("presence_state");
    }

    @Test
    void subscriptionThatIsNotConfirmedIsTriedAgainWithTheNextWatch() {
        node.send(true, "alice");
        node.bus.fail(WatchFixture.channel(new UserId("alice")));
        node.loop.run();
        assertThat(node.frames()).containsExactly("error", "alice=offline");
        node.ask(true, "alice");
        assertThat(node.frames()).containsExactly("presence_state");
        node.bring(OWNER, 1, Status.ONLINE, "alice");
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).containsExactly("alice=online");
    }

    @Test
    void ofAHiddenUserNoChangeIsSent() {
        node.service.hide("alice");
        node.service.set("alice", Status.ONLINE);
        node.watch("alice");
        node.bring(OWNER, 1, Status.ONLINE, "alice");
        node.bring(OWNER, 2, Status.AWAY, "alice");
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).isEmpty();
    }

    @Test
    void whoLosesSightOfAUserSeesItOfflineAndWhoGainsItSeesItAsItIs() {
        node.service.set("alice", Status.ONLINE);
        node.watch("alice");
        node.service.hide("alice");
        node.notice(new UserNotice.MembershipsChanged());
        assertThat(node.frames()).containsExactly("alice=offline");
        node.bring(OWNER, 1, Status.AWAY, "alice");
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).isEmpty();
        node.service.hide();
        node.service.set("alice", Status.AWAY);
        node.recheck(2, "alice");
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).containsExactly("alice=away");
    }

    @Test
    void whatMayBeSeenIsCheckedNowAndThenThoughNothingSaysSo() {
        node.service.set("alice", Status.ONLINE);
        node.watch("alice");
        node.service.hide("alice");
        node.loop.pass(PresenceWatches.CHECKED_EVERY.minusSeconds(20));
        assertThat(node.frames()).isEmpty();
        node.loop.pass(Duration.ofSeconds(40));
        assertThat(node.frames()).containsExactly("alice=offline");
    }

    @Test
    void aCheckThatFailsIsTriedAgainAndUntilThenAHiddenUserStaysHidden() {
        node.service.hide("alice");
        node.watch("alice");
        node.service.hide();
        node.service.set("alice", Status.ONLINE);
        node.service.unreachable(true);
        node.notice(new UserNotice.MembershipsChanged());
        node.bring(OWNER, 1, Status.ONLINE, "alice");
        node.loop.pass(Duration.ofSeconds(10));
        assertThat(node.frames()).isEmpty();
        node.service.unreachable(false);
        node.loop.pass(Duration.ofSeconds(10));
        assertThat(node.frames()).containsExactly("alice=online");
    }

    @Test
    void aWatchWhoseQuestionFailsIsAnsweredByAChange() {
        node.service.set("alice", Status.ONLINE);
        node.service.unreachable(true);
        node.ask(true, "alice");
        assertThat(node.frames()).containsExactly("error");
        node.service.unreachable(false);
        node.loop.pass(Duration.ofSeconds(10));
        assertThat(node.frames()).containsExactly("alice=online");
    }

    @Test
    void aChangeDuringACheckIsNotLost() {
        node.service.hide("alice");
        node.watch("alice");
        node.service.hide();
        node.service.hold();
        node.notice(new UserNotice.MembershipsChanged()); // asks while alice is offline
        node.bring(OWNER, 1, Status.ONLINE, "alice");
        node.service.answer();
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).containsExactly("alice=online");
    }

    @Test
    void theUserItselfIsSeenAsItIs() {
        node.service.set("bob", Status.ONLINE);
        node.watch("bob");
        node.service.set("bob", Status.AWAY);
        node.bring(OWNER, 1, Status.OFFLINE, "bob"); // invisible to others
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).containsExactly("bob=away");
    }

    @Test
    void contactsAreWatchedThoseOfNowAndThoseWhoComeToBe() {
        node.service.contacts("alice", "carol");
        node.service.set("dave", Status.ONLINE);
        node.watchContacts("alice", "carol");
        assertThat(node.frames()).containsExactly("presence_state");
        node.service.set("carol", Status.ONLINE);
        node.bring(OWNER, 1, Status.ONLINE, "carol");
        assertThat(node.frames()).containsExactly("carol=online");
        node.notice(new UserNotice.Joined(new ChannelName("dm:bob:dave")));
        node.confirm("dave");
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).containsExactly("dave=online");
        node.notice(new UserNotice.Joined(new ChannelName("group:dave")));
        assertThat(node.busSubscriptions.size()).isEqualTo(3);
    }

    @Test
    void firstChangeComesAtOnceAndLaterOnesInOneFrameAfterAPause() {
        List<String> users = sameShard(3);
        node.watch(users.toArray(String[]::new));
        node.bring(OWNER, 1, Status.ONLINE, users.get(0));
        assertThat(node.frames()).containsExactly(users.get(0) + "=online");
        node.bring(OWNER, 2, Status.ONLINE, users.get(1));
        node.bring(OWNER, 3, Status.AWAY, users.get(2));
        node.bring(OWNER, 4, Status.ONLINE, users.get(2));
        node.loop.pass(ChangeFrames.PAUSE.minusMillis(1));
        assertThat(node.frames()).isEmpty();
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).containsExactly(users.get(1) + "=online " + users.get(2) + "=online");
        node.loop.pass(ChangeFrames.PAUSE);
        node.bring(OWNER, 5, Status.AWAY, users.get(0));
        assertThat(node.frames()).containsExactly(users.get(0) + "=away");
    }

    @Test
    void whatWasSentLastIsNotSentAgain() {
        node.watch("alice");
        node.bring(OWNER, 1, Status.OFFLINE, "alice"); // as in presence_state
        node.bring(OWNER, 2, Status.ONLINE, "alice");
        assertThat(node.frames()).containsExactly("alice=online");
        node.bring(OWNER, 3, Status.AWAY, "alice");
        node.bring(OWNER, 4, Status.ONLINE, "alice");
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).isEmpty();
    }

    @Test
    void changeThatIsNewerThanTheAnswerFollowsIt() {
        node.service.hold();
        node.ask(true, "alice");
        node.bring(OWNER, 1, Status.ONLINE, "alice");
        assertThat(node.frames()).isEmpty();
        node.service.answer();
        node.loop.run();
        assertThat(node.frames()).containsExactly("presence_state", "alice=online");
    }

    @Test
    void changeThatCameBeforeTheQuestionIsPartOfTheAnswer() {
        node.send(true, "alice");
        node.bring(OWNER, 1, Status.AWAY, "alice");
        node.service.set("alice", Status.ONLINE);
        node.confirm("alice");
        assertThat(node.frames()).containsExactly("presence_state");
    }

    @Test
    void changeThatWaitedForAnAnswerComesIfThereIsNone() {
        node.watch("alice");
        node.service.unreachable(true);
        node.send(true, "alice");
        assertThat(node.frames()).containsExactly("error");
        node.bring(OWNER, 1, Status.ONLINE, "alice");
        assertThat(node.frames()).containsExactly("alice=online");
    }

    @Test
    void watchThatHasEndedHearsNothing() {
        node.watch("alice");
        node.bring(OWNER, 1, Status.ONLINE, "alice");
        node.bring(OWNER, 2, Status.AWAY, "alice"); // waits for the pause
        node.ask(false, "alice");
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).containsExactly("alice=online", "presence_state");
    }

    private static String[] users(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(i -> "w" + i).toArray(String[]::new);
    }

    private static List<String> sameShard(int count) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "u" + i)
                .filter(user -> PresenceShard.of(new UserId(user)) == 3)
                .sorted(Comparator.naturalOrder())
                .limit(count)
                .toList();
    }
}
