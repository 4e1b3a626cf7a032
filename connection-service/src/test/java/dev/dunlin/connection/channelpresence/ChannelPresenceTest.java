package dev.dunlin.connection.channelpresence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.connection.channelpresence.World.Client;
import dev.dunlin.protocol.http.PresenceMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What clients of several nodes see of who is in a channel. */
class ChannelPresenceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final World room = new World(PresenceMode.SUBSCRIBERS, true, false);

    private static List<String> types(Client client) {
        return client.session.frames().stream().map(ChannelPresenceTest::brief).toList();
    }

    private static String brief(JsonNode frame) {
        String type = frame.path("type").asText();
        return switch (type) {
            case "error" -> "error " + frame.path("code").asText();
            case "presence_diff" ->
                "diff" + ids("+", frame.path("entered")) + ids("~", frame.path("updated"))
                        + ids("-", frame.path("left"));
            case "presence_sync" ->
                (frame.path("partial").asBoolean() ? "partial" : "sync") + ids("", frame.path("users"));
            case "occupancy" -> "occupancy " + frame.path("users") + "/" + frame.path("links");
            case "signal" ->
                "signal " + frame.path("from").asText() + " "
                        + frame.path("data").asText();
            default -> type;
        };
    }

    private static String ids(String sign, JsonNode users) {
        StringBuilder ids = new StringBuilder();
        users.forEach(user -> ids.append(' ')
                .append(sign)
                .append(user.isTextual() ? user.asText() : user.path("user").asText()));
        return ids.toString();
    }

    private Client follower(World world) {
        Client follower = world.subscribe(0, "ann");
        follower.follow();
        world.pass(SECOND);
        assertThat(types(follower).getFirst()).startsWith("sync");
        return follower;
    }

    @Test
    void followerHearsAtOnceWhoComesOnAnotherNode() {
        Client ann = follower(room);
        room.pass(SECOND);

        var unused = room.subscribe(1, "bob");
        room.loop.pass(Duration.ofMillis(20));
        room.loop.pass(Duration.ofMillis(20));

        assertThat(types(ann)).containsExactly("diff +bob");
    }

    @Test
    void furtherChangesComeTogetherAfterASecond() {
        Client ann = follower(room);
        room.pass(SECOND);
        Client bob = room.subscribe(1, "bob");
        bob.enter();
        var unused = room.subscribe(2, "cid");
        bob.leave();
        room.pass(Duration.ofSeconds(5));

        assertThat(types(ann)).hasSizeLessThanOrEqualTo(3);
        assertThat(ann.session.users()).containsOnlyKeys("ann", "cid");
    }

    @Test
    void dataIsWhatAnySessionSaidLast() {
        Client ann = follower(room);
        Client phone = room.subscribe(1, "bob");
        Client desk = room.subscribe(2, "bob");
        phone.enter();
        desk.enter();
        room.pass(Duration.ofSeconds(3));
        assertThat(ann.session.users().get("bob")).endsWith("1");

        desk.leave();
        room.pass(Duration.ofSeconds(3));
        assertThat(ann.session.users().get("bob")).endsWith("0");
    }

    @Test
    void reconnectWithinTheGraceChangesNothing() {
        var unused = room.subscribe(1, "bob");
        Client ann = follower(room);
        room.end(1, true);
        room.pass(World.GRACE.minusSeconds(1));
        var unusedToo = room.subscribe(1, "bob");
        room.pass(World.GRACE.multipliedBy(2));

        assertThat(types(ann)).isEmpty();
    }

    @Test
    void userLeavesWhenTheGraceIsOver() {
        var unused = room.subscribe(1, "bob");
        Client ann = follower(room);
        room.end(1, true);
        room.pass(World.GRACE.minusSeconds(1));
        assertThat(types(ann)).isEmpty();

        room.pass(Duration.ofSeconds(3));
        assertThat(types(ann)).containsExactly("diff -bob");
    }

    @Test
    void whoUnsubscribesLeavesAtOnce() {
        var unused = room.subscribe(1, "bob");
        Client ann = follower(room);
        room.end(1, false);
        room.pass(SECOND);

        assertThat(types(ann)).containsExactly("diff -bob");
    }

    @Test
    void allLeaveAnEphemeralChannelAtOnce() {
        World signal = new World(PresenceMode.SUBSCRIBERS, false, false);
        var unused = signal.subscribe(1, "bob");
        Client ann = follower(signal);
        signal.end(1, true);
        signal.pass(SECOND);

        assertThat(types(ann)).containsExactly("diff -bob");
    }

    @Test
    void membersAreThereOnlyIfTheyEnter() {
        World group = new World(PresenceMode.MEMBERS, true, false);
        Client bob = group.subscribe(1, "bob");
        Client ann = group.subscribe(0, "ann");
        ann.follow();
        group.pass(SECOND);
        assertThat(types(ann)).containsExactly("sync");

        bob.enter();
        group.pass(SECOND);
        assertThat(types(ann)).containsExactly("diff +bob");
    }

    @Test
    void usersOfADeadNodeLeave() {
        var unused = room.subscribe(1, "bob");
        Client ann = follower(room);
        room.kill(1);
        room.pass(Duration.ofSeconds(12));
        assertThat(types(ann)).isEmpty();

        room.pass(Duration.ofSeconds(20));
        assertThat(types(ann)).containsExactly("diff -bob");
        assertThat(room.memory().lives(World.ROOM)).containsExactly(room.node(0).life);
        assertThat(room.node(0).metrics.partsLost).hasValue(1);
    }

    @Test
    void largeChannelIsShownByItsOccupancy() {
        Client ann = follower(room);
        for (int i = 1; i <= World.LISTED; i++) {
            var unused = room.subscribe(i, "u" + i);
        }
        room.pass(Duration.ofSeconds(3));
        assertThat(types(ann)).contains("partial");
        assertThat(ann.session.occupancy()).isEqualTo("5/5");

        room.end(1, false); // not small enough yet
        room.pass(Duration.ofSeconds(3));
        assertThat(types(ann)).containsExactly("occupancy 4/4");
        room.end(2, false);
        room.pass(Duration.ofSeconds(3));
        assertThat(types(ann)).containsExactly("sync ann u3 u4");
    }

    @Test
    void occupancyIsSentToThoseWhoAskedForIt() {
        Client ann = room.subscribe(0, "ann");
        ann.count();
        room.pass(SECOND);
        assertThat(types(ann)).containsExactly("occupancy 1/1");

        var unused = room.subscribe(1, "ann");
        room.pass(Duration.ofSeconds(2));
        assertThat(types(ann)).containsExactly("occupancy 1/2");
        room.pass(Duration.ofMinutes(2));
        assertThat(types(ann)).isEmpty();

        ann.uncount();
        unused = room.subscribe(1, "ann");
        room.pass(Duration.ofSeconds(2));
        assertThat(types(ann)).isEmpty();
    }

    @Test
    void countIsAllThatACountShows() {
        World live = new World(PresenceMode.COUNT, true, false);
        Client ann = live.subscribe(0, "ann");
        ann.follow();
        ann.enter();
        ann.leave();
        assertThat(types(ann)).containsExactly("error not_found", "error not_found", "error not_found");

        ann.count();
        var unused = live.subscribe(1, "bob");
        live.pass(Duration.ofSeconds(2));
        assertThat(ann.session.occupancy()).isEqualTo("2/2");
        assertThat(live.memory().all(World.ROOM)).isEmpty();
    }

    @Test
    void nothingIsKeptWhereNothingIsShown() {
        World none = new World(PresenceMode.NONE, true, false);
        Client ann = none.subscribe(0, "ann");
        ann.enter();
        ann.count();
        none.pass(SECOND);

        assertThat(types(ann)).containsExactly("error not_found");
        assertThat(none.memory().lives(World.ROOM)).isEmpty();
    }

    @Test
    void nothingIsSentWhileAccessIsInDoubt() {
        Client ann = follower(room);
        ann.session.granted(false);
        Client bob = room.subscribe(1, "bob");
        room.pass(Duration.ofSeconds(3));
        ann.follow();
        assertThat(types(ann)).containsExactly("error unavailable");

        ann.session.granted(true);
        room.pass(Duration.ofSeconds(3));
        assertThat(types(ann)).containsExactly("sync ann bob");
        assertThat(bob.session.frames()).isEmpty();
    }

    @Test
    void slowFollowerGetsAFreshStateInsteadOfEveryChange() {
        Client ann = follower(room);
        ann.session.link().room(0);
        Client bob = room.subscribe(1, "bob");
        for (int i = 0; i < 60; i++) {
            bob.enter();
            room.pass(Duration.ofSeconds(2));
        }
        room.end(1, false);
        room.pass(Duration.ofSeconds(2));
        ann.session.drain();
        room.pass(Duration.ofSeconds(3));

        assertThat(ann.session.link().closed()).isNull();
        assertThat(types(ann)).hasSizeLessThan(40).last().isEqualTo("sync ann");
    }

    @Test
    void syncIsRefusedWhileNothingIsKnown() {
        room.memory().unreachable(true);
        Client ann = room.subscribe(0, "ann");
        ann.follow();
        room.pass(SECOND);
        assertThat(types(ann)).containsExactly("error unavailable");

        room.memory().unreachable(false);
        room.pass(Duration.ofSeconds(15));
        ann.follow();
        room.pass(SECOND);
        assertThat(types(ann)).containsExactly("sync ann");
    }

    @Test
    void whatIsKnownIsAnsweredWhileTheStoreIsUnreachable() {
        var unused = room.subscribe(1, "bob");
        Client ann = follower(room);
        room.memory().unreachable(true);
        room.pass(Duration.ofMinutes(2));
        ann.follow();

        assertThat(types(ann)).containsExactly("sync ann bob");
    }

    @Test
    void endOfFollowingIsAcknowledged() {
        Client ann = follower(room);
        ann.unfollow();
        assertThat(types(ann)).containsExactly("presence_ack");

        var unused = room.subscribe(1, "bob");
        room.pass(Duration.ofSeconds(3));
        assertThat(types(ann)).isEmpty();
        assertThat(room.node(0).presence.followed()).isZero();
    }

    @Test
    void joinerGetsASignalThatWasSentJustBeforeAndIsInNoPartYet() {
        World signal = new World(PresenceMode.SUBSCRIBERS, false, true);
        Client ann = signal.subscribe(0, "ann");
        var unused = signal.subscribe(1, "bob");
        signal.pass(SECOND);
        ann.signal(TextNode.valueOf("a1"));
        ann.signal(TextNode.valueOf("a2")); // the part was just written and waits
        Client late = signal.subscribe(3, "carol");
        signal.pass(SECOND.multipliedBy(2));
        assertThat(types(late)).last().isEqualTo("signal ann a2");
    }

    @Test
    void lateJoinerGetsTheLastSignalOfEachUserWhoIsThere() {
        World cursors = new World(PresenceMode.SUBSCRIBERS, false, true);
        Client ann = cursors.subscribe(0, "ann");
        Client bob = cursors.subscribe(1, "bob");
        var unused = cursors.subscribe(4, "cid");
        ann.signal(TextNode.valueOf("a1"));
        bob.signal(TextNode.valueOf("b1"));
        ann.signal(TextNode.valueOf("a2"));
        cursors.pass(Duration.ofSeconds(3));
        cursors.end(4, false);

        Client late = cursors.subscribe(2, "late");
        cursors.pass(SECOND);
        assertThat(types(late)).containsExactlyInAnyOrder("signal ann a2", "signal bob b1");

        bob.signal(TextNode.valueOf("x".repeat(1_024))); // with its quotes too large to be kept
        cursors.pass(Duration.ofSeconds(3));
        Client later = cursors.subscribe(5, "later");
        cursors.pass(SECOND);
        assertThat(types(later)).containsExactly("signal ann a2");
    }

    @Test
    void channelThatAllHaveLeftLeavesNothingBehind() {
        Client ann = follower(room);
        ann.enter();
        room.end(0, true);
        room.pass(World.GRACE.plusSeconds(3));

        assertThat(room.memory().lives(World.ROOM)).isEmpty();
        assertThat(room.node(0).presence.followed()).isZero();
        assertThat(Objects.requireNonNull(room.subscribe(0, "ann")).session.frames())
                .isEmpty();
    }
}
