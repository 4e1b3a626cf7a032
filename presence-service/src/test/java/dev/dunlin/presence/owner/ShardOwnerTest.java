package dev.dunlin.presence.owner;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.presence.owner.ConvergenceProperty.Event;
import dev.dunlin.presence.owner.ConvergenceProperty.Happening;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.StatusChoice.Mode;
import dev.dunlin.protocol.frame.VisibleTo;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShardOwnerTest {
    private static final NodeId NODE = new NodeId("a.1");
    private static final UserId ALICE = new UserId("alice");
    private static final SessionId FIRST = new SessionId("first");
    private static final SessionId SECOND = new SessionId("second");

    private final World world = new World(new MemoryShardStore());

    @Provide
    Arbitrary<List<Happening>> anything() {
        return ConvergenceProperty.happenings(List.of(Event.values()));
    }

    @Provide
    Arbitrary<List<Happening>> noRecordLost() {
        return ConvergenceProperty.happenings(List.copyOf(EnumSet.complementOf(EnumSet.of(Event.LOSE_RECORD))));
    }

    @Property
    void whateverIsLostTheStatusesBecomeThoseOfTheOpenLinks(@ForAll("anything") List<Happening> happenings) {
        World fresh = new World(new MemoryShardStore());
        happenings.forEach(happening -> ConvergenceProperty.apply(happening, fresh));
        ConvergenceProperty.assertConverged(fresh);
    }

    @Property
    void whoIsInvisibleIsNeverShown(@ForAll("anything") List<Happening> happenings) {
        World fresh = new World(new MemoryShardStore());
        for (Happening happening : happenings) {
            ConvergenceProperty.apply(happening, fresh);
            fresh.step();
            assertThat(fresh.exposed()).isEmpty();
        }
    }

    @Property
    void whoHasALinkIsNeverCalledOffline(@ForAll("noRecordLost") List<Happening> happenings) {
        World fresh = new World(new MemoryShardStore());
        for (Happening happening : happenings) {
            ConvergenceProperty.apply(happening, fresh);
            ConvergenceProperty.assertNobodyWronglyOffline(fresh);
        }
    }

    @Example
    void anEmptyStoreIsUnknownUntilEveryNodeHasListedItsSessions() {
        world.start(NODE, FIRST, ALICE);
        world.step();
        world.commit();
        world.store().loseAll();
        world.pass(Duration.ofSeconds(2));
        world.step();
        assertThat(world.status(ALICE)).isEqualTo(Status.UNKNOWN);
        assertThat(world.counts().rebuilding()).isEqualTo(1);
        world.pass(World.MARGIN);
        world.step();
        assertThat(world.status(ALICE)).as("the node has not answered").isEqualTo(Status.UNKNOWN);
        world.answer();
        world.pass(Duration.ofSeconds(2));
        world.step();
        assertThat(world.status(ALICE)).isEqualTo(Status.ONLINE);
        assertThat(world.status(new UserId("bob"))).isEqualTo(Status.OFFLINE);
        assertThat(world.changes(ALICE)).extracting("status").containsOnly(Status.ONLINE);
    }

    @Example
    void anEmptyStoreGetsBackWhatUsersChoseAndWhenTheyWereSeen() {
        UserId bob = new UserId("bob");
        world.start(NODE, FIRST, ALICE);
        world.start(NODE, SECOND, bob);
        world.choose(ALICE, new StatusChoice(Mode.DND, "In a meeting", null, null));
        world.end(NODE, SECOND);
        world.step();
        world.pass(World.GRACE.multipliedBy(2));
        world.step();
        Long seen = world.shown(bob).lastSeen();
        assertThat(seen).isNotNull();
        world.store().loseAll();
        assertThat(world.shown(bob).lastSeen()).isNull();
        world.heal();
        assertThat(world.shown(ALICE).text()).isEqualTo("In a meeting");
        assertThat(world.shown(ALICE).dnd()).isTrue();
        assertThat(world.shown(bob).lastSeen()).isEqualTo(seen);
    }

    /** Alice is there for a moment; returns when she was last seen. */
    private static long comesAndGoes(World world) {
        world.start(NODE, FIRST, ALICE);
        world.end(NODE, FIRST);
        world.step();
        world.pass(World.GRACE.multipliedBy(2));
        world.step();
        return requireNonNull(world.shown(ALICE).lastSeen());
    }

    @Example
    void aChoiceJustBeforeTheStoreWasLostUndoesNothingElseThatIsKept() {
        world.showTo(ALICE, VisibleTo.NOBODY);
        long seen = comesAndGoes(world);
        world.commit();
        for (int times = 0; times < 2; times++) {
            world.choose(ALICE, new StatusChoice(Mode.AUTO, "On holiday " + times, null, null));
            world.step();
            world.store().loseAll();
            world.heal();
            assertThat(world.shown(ALICE).text()).isEqualTo("On holiday " + times);
            assertThat(world.shown(ALICE).lastSeen()).isEqualTo(seen);
            assertThat(world.visibleTo(ALICE).getValue()).contains(VisibleTo.NOBODY);
        }
    }

    @Example
    void nothingOfAnErasedUserComesBackFromWhatWasKept() {
        MemoryShardStore store = new MemoryShardStore();
        World fresh = new World(store);
        fresh.showTo(ALICE, VisibleTo.NOBODY);
        fresh.choose(ALICE, new StatusChoice(Mode.AUTO, "On holiday", null, null));
        assertThat(comesAndGoes(fresh)).isPositive();
        store.erase(World.SHARD, ALICE, fresh.now().plusSeconds(60));
        fresh.choose(ALICE, StatusChoice.NONE);
        fresh.step();
        fresh.commit();
        fresh.store().loseAll();
        fresh.heal();
        assertThat(fresh.shown(ALICE).lastSeen()).isNull();
        assertThat(fresh.shown(ALICE).text()).isNull();
        assertThat(fresh.visibleTo(ALICE).getValue()).isEmpty();
    }

    @Example
    void whoWasSeenTooLongAgoIsForgottenAndWhatItChoseIsNot() {
        world.showTo(ALICE, VisibleTo.NOBODY);
        long seen = comesAndGoes(world);
        world.pass(World.SEEN_FOR.minusHours(1));
        world.step();
        assertThat(world.shown(ALICE).lastSeen()).isEqualTo(seen);
        world.pass(Duration.ofHours(2));
        world.step();
        assertThat(world.shown(ALICE).lastSeen()).isNull();
        world.commit();
        world.store().loseAll();
        world.heal();
        assertThat(world.shown(ALICE).lastSeen()).isNull();
        assertThat(world.visibleTo(ALICE).getValue()).contains(VisibleTo.NOBODY);
    }

    @Example
    void ofMoreUsersThanAreRememberedThoseWhoWereSeenLastAre() {
        StoreContract.remembersWhoWasSeenLast(new MemoryShardStore());
    }

    @Example
    void aChoiceEndsWhenItsTimeIsOverAndWatchersHearOfIt() {
        long until = world.now().plusSeconds(20).toEpochMilli();
        world.start(NODE, FIRST, ALICE);
        world.step();
        world.choose(ALICE, new StatusChoice(Mode.INVISIBLE, null, null, until));
        world.pass(Outgoing.BETWEEN);
        world.step();
        assertThat(world.changes(ALICE).getLast().status()).isEqualTo(Status.OFFLINE);
        world.pass(Duration.ofSeconds(21));
        world.step();
        assertThat(world.changes(ALICE).getLast().status()).isEqualTo(Status.ONLINE);
    }

    @Example
    void aUserWhoBecomesInvisibleWasSeenLastThenAndNotWhenItLeaves() {
        world.start(NODE, FIRST, ALICE);
        world.step();
        world.pass(Duration.ofSeconds(1));
        world.choose(ALICE, new StatusChoice(Mode.INVISIBLE, null, null, null));
        world.step();
        Long seen = world.changes(ALICE).getLast().lastSeen();
        assertThat(seen).isNotNull();
        world.pass(Duration.ofMinutes(1));
        world.end(NODE, FIRST);
        world.step();
        world.pass(World.GRACE.multipliedBy(3));
        world.step();
        assertThat(world.shown(ALICE).lastSeen()).isEqualTo(seen);
        assertThat(world.changes(ALICE)).extracting("status").containsExactly(Status.ONLINE, Status.OFFLINE);
    }

    @Example
    void aDeviceThatReconnectsWithinItsGraceIsNotSeenToLeave() {
        SessionId web = new SessionId("session-0");
        SessionId mobile = new SessionId("session-1");
        assertThat(World.device(web)).isNotEqualTo(World.device(mobile));
        world.start(NODE, web, ALICE);
        world.start(NODE, mobile, ALICE);
        world.step();
        int before = world.changes(ALICE).size();
        world.end(NODE, mobile);
        world.step();
        world.pass(Duration.ofSeconds(5));
        world.start(NODE, mobile, ALICE);
        world.step();
        world.pass(World.GRACE.multipliedBy(3));
        world.step();
        assertThat(world.changes(ALICE)).hasSize(before);
        world.end(NODE, mobile);
        world.step();
        world.pass(World.GRACE.multipliedBy(3));
        world.step();
        assertThat(world.changes(ALICE).getLast().devices()).containsOnlyKeys(World.device(web));
        assertThat(world.changes(ALICE)).hasSize(before + 1);
    }

    @Example
    void aLostEndIsFoundByTheDigest() {
        world.start(NODE, FIRST, ALICE);
        world.start(NODE, SECOND, new UserId("bob"));
        world.step();
        world.loseNext();
        world.end(NODE, FIRST);
        world.digest(NODE);
        world.step();
        world.pass(Duration.ofSeconds(2));
        world.step();
        world.answer();
        world.step();
        assertThat(world.counts().reconciled()).isEqualTo(1);
        world.pass(World.GRACE);
        world.step();
        assertThat(world.status(ALICE)).isEqualTo(Status.OFFLINE);
    }

    @Example
    void anOwnerThatWasReplacedChangesNothing() {
        world.start(NODE, FIRST, ALICE);
        world.step();
        World.Instance before = world.replaceOwner();
        world.step();
        world.end(NODE, FIRST);
        before.take();
        world.pass(Duration.ofSeconds(3));
        world.step();
        world.pass(World.GRACE);
        world.step();
        assertThat(world.status(ALICE)).isEqualTo(Status.OFFLINE);
        assertThat(world.changes(ALICE)).hasSize(2);
    }

    @Example
    void theFirstChangeGoesAtOnceAndLaterOnesTogether() {
        int before = world.published().size();
        world.start(NODE, FIRST, ALICE);
        world.step();
        assertThat(world.published()).hasSize(before + 1);
        world.away(NODE, FIRST, true);
        world.step();
        world.away(NODE, FIRST, false);
        world.start(NODE, SECOND, new UserId("bob"));
        world.step();
        assertThat(world.published()).hasSize(before + 1);
        world.pass(Outgoing.BETWEEN);
        world.step();
        assertThat(world.published()).hasSize(before + 2);
        PresenceBatch last = world.published().getLast();
        assertThat(last.n()).isEqualTo(2);
        assertThat(last.changes()).extracting("user").containsExactlyInAnyOrder(ALICE, new UserId("bob"));
    }

    @Example
    void atQuietTimesTheLastNumberIsRepeated() {
        world.start(NODE, FIRST, ALICE);
        world.step();
        PresenceBatch last = world.published().getLast();
        world.pass(Outgoing.SIGN_OF_LIFE);
        world.step();
        assertThat(world.published().getLast()).isEqualTo(new PresenceBatch(last.owner(), last.n(), List.of()));
    }

    @Example
    void aStoreThatGoesBackBeforeASweepIsSweptAgain() {
        world.start(NODE, FIRST, ALICE);
        world.step();
        world.store().save();
        world.kill(NODE);
        for (int i = 0; i < 10; i++) {
            world.pass(Duration.ofSeconds(3));
            world.step();
        }
        assertThat(world.status(ALICE)).isEqualTo(Status.OFFLINE);
        world.store().loseSinceSave();
        assertThat(world.status(ALICE)).isEqualTo(Status.ONLINE);
        for (int i = 0; i < 10; i++) {
            world.pass(Duration.ofSeconds(3));
            world.step();
        }
        assertThat(world.status(ALICE)).isEqualTo(Status.OFFLINE);
    }

    @Example
    void theUsersOfADeadNodeGoOffline() {
        world.start(NODE, FIRST, ALICE);
        world.step();
        world.kill(NODE);
        world.pass(Duration.ofSeconds(2));
        world.step();
        world.pass(World.MARGIN);
        world.step();
        assertThat(world.counts().swept()).isEqualTo(1);
        assertThat(world.status(ALICE)).as("in the grace").isEqualTo(Status.ONLINE);
        world.pass(World.GRACE);
        world.step();
        assertThat(world.status(ALICE)).isEqualTo(Status.OFFLINE);
    }
}
