package dev.dunlin.presence.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.StatusChoice.Mode;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.frame.VisibleTo;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Anything that may happen to a shard, in any order. */
final class ConvergenceProperty {
    static final List<UserId> USERS = List.of(new UserId("u0"), new UserId("u1"), new UserId("u2"));
    private static final List<NodeId> NODES = List.of(new NodeId("a.1"), new NodeId("b.1"));
    private static final List<Mode> MODES = List.of(Mode.values());
    private static final List<VisibleTo> VIEWERS = List.of(VisibleTo.values());
    static final int SESSIONS = 6;

    private ConvergenceProperty() {}

    /** What may happen. */
    enum Event {
        START,
        END,
        AWAY,
        ACTIVE,
        DIGEST,
        ANSWER,
        STEP,
        PASS,
        /** Time in which nobody says anything. */
        QUIET,
        SAVE,
        KILL_NODE,
        REPLACE_OWNER,
        LOSE_SINCE_SAVE,
        LOSE_ALL,
        /** A user says what it is. */
        CHOOSE,
        /** A user says who sees it. */
        SHOW_TO,
        /** From here on it is not sure that whoever is online is not called offline. */
        LOSE_RECORD
    }

    record Happening(Event event, int which) {}

    static Arbitrary<List<Happening>> happenings(List<Event> events) {
        return Combinators.combine(
                        Arbitraries.of(events), Arbitraries.integers().between(0, SESSIONS - 1))
                .as(Happening::new)
                .list()
                .ofMaxSize(300);
    }

    static void apply(Happening happening, World world) {
        int which = happening.which();
        NodeId node = NODES.get(which % NODES.size());
        SessionId session = new SessionId("s" + which);
        switch (happening.event()) {
            case START -> world.start(node, session, USERS.get(which % USERS.size()));
            case END -> world.end(node, session);
            case AWAY -> world.away(node, session, true);
            case ACTIVE -> world.away(node, session, false);
            case DIGEST -> world.digest(node);
            case ANSWER -> world.answer();
            case STEP -> world.step();
            case PASS -> world.pass(Duration.ofSeconds(3));
            case QUIET -> {
                for (int i = 0; i < 6; i++) {
                    world.pass(Duration.ofSeconds(3));
                    world.step();
                }
            }
            case SAVE -> world.store().save();
            case KILL_NODE -> world.kill(node);
            case REPLACE_OWNER -> {
                var unused = world.replaceOwner();
            }
            case LOSE_SINCE_SAVE -> {
                world.store().loseSinceSave();
                look(world);
            }
            case LOSE_ALL -> {
                world.store().loseAll();
                look(world);
            }
            case CHOOSE -> world.choose(USERS.get(which % USERS.size()), choice(which, world.now()));
            case SHOW_TO -> world.showTo(USERS.get(which % USERS.size()), VIEWERS.get((which / 2) % VIEWERS.size()));
            case LOSE_RECORD -> world.loseNext();
        }
    }

    /** One of each kind; some end after a while. */
    private static StatusChoice choice(int which, Instant now) {
        Mode mode = MODES.get(which % MODES.size());
        boolean ends = which % 2 == 1;
        return new StatusChoice(
                mode, "says " + which, null, ends ? now.plusSeconds(20 + which).toEpochMilli() : null);
    }

    /** By then the owner has noticed. */
    private static void look(World world) {
        world.pass(Duration.ofSeconds(2));
        world.step();
    }

    static void assertConverged(World world) {
        world.heal();
        for (UserId user : USERS) {
            assertThat(world.status(user)).as(user.value()).isEqualTo(world.truth(user));
            assertThat(world.shown(user)).as(user.value()).satisfies(shown -> assertShown(shown, user, world));
            assertThat(world.visibleTo(user))
                    .as(user.value())
                    .satisfies(both -> assertThat(both.getValue()).isEqualTo(both.getKey()));
        }
    }

    private static void assertShown(UserPresence shown, UserId user, World world) {
        StatusChoice choice = world.chosen(user);
        boolean offline = choice.status() == Mode.INVISIBLE || world.truth(user) == Status.OFFLINE;
        boolean away = choice.status() == Mode.AWAY;
        Map<Device, Status> devices = new EnumMap<>(Device.class);
        world.devices(user).forEach((device, status) -> devices.put(device, away ? Status.AWAY : status));
        assertThat(shown.status()).isEqualTo(offline ? Status.OFFLINE : away ? Status.AWAY : world.truth(user));
        assertThat(shown.devices()).isEqualTo(offline ? null : devices);
        assertThat(shown.text()).isEqualTo(choice.text());
        if (offline && world.everSeen(user)) {
            assertThat(shown.lastSeen()).isNotNull();
        }
        assertThat(shown.dnd()).isEqualTo(choice.status() == Mode.DND ? true : null);
    }

    /** Nobody who has an open session is called offline, whatever the store lost. */
    static void assertNobodyWronglyOffline(World world) {
        world.step();
        assertThat(world.wronglyOffline()).isEmpty();
        for (UserId user : USERS) {
            if (world.truth(user) != Status.OFFLINE) {
                assertThat(world.status(user)).as(user.value()).isNotEqualTo(Status.OFFLINE);
            }
        }
    }
}
