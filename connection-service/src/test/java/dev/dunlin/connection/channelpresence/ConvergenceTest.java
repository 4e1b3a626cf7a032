package dev.dunlin.connection.channelpresence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.channelpresence.World.Client;
import dev.dunlin.protocol.http.PresenceMode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens in whatever order, in the end everybody sees who is there. */
class ConvergenceTest {
    private static final int CLIENTS = 9;
    private static final int USERS = 6;

    enum Event {
        SUBSCRIBE,
        UNSUBSCRIBE,
        CLOSE,
        ENTER,
        LEAVE,
        FOLLOW,
        UNFOLLOW,
        COUNT,
        DOUBT,
        TRUST,
        STALL,
        DRAIN,
        PASS,
        LOSE_MESSAGES,
        STORE_GONE,
        STORE_BACK,
        ANSWERS_LOST,
        BUS_GONE,
        BUS_BACK,
        LOSE_STORE,
        RESTART_REDIS,
        KILL
    }

    record Happening(Event event, int which) {}

    /** What does not touch the store, so that nothing but the numbers shows what the bus lost. */
    private static final Set<Event> GENTLE = EnumSet.of(
            Event.SUBSCRIBE,
            Event.UNSUBSCRIBE,
            Event.CLOSE,
            Event.ENTER,
            Event.LEAVE,
            Event.FOLLOW,
            Event.COUNT,
            Event.PASS,
            Event.LOSE_MESSAGES,
            Event.DOUBT,
            Event.STALL);

    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Arbitraries.oneOf(happenings(GENTLE), happenings(EnumSet.allOf(Event.class)));
    }

    private static Arbitrary<List<Happening>> happenings(Set<Event> events) {
        return Combinators.combine(
                        Arbitraries.of(events), Arbitraries.integers().between(0, CLIENTS - 1))
                .as(Happening::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(120);
    }

    @Property(tries = 400)
    void subscribersAreSeen(@ForAll("happenings") List<Happening> happenings) {
        converges(new World(PresenceMode.SUBSCRIBERS, true, false), happenings);
    }

    @Property(tries = 200)
    void subscribersOfEphemeralChannelsAreSeen(@ForAll("happenings") List<Happening> happenings) {
        converges(new World(PresenceMode.SUBSCRIBERS, false, true), happenings);
    }

    @Property(tries = 200)
    void membersWhoEnteredAreSeen(@ForAll("happenings") List<Happening> happenings) {
        converges(new World(PresenceMode.MEMBERS, true, false), happenings);
    }

    @Property(tries = 200)
    void subscribersAreCounted(@ForAll("happenings") List<Happening> happenings) {
        World world = new World(PresenceMode.COUNT, true, false);
        happenings.forEach(happening -> apply(happening, world));
        world.clients().forEach(client -> client.there = true); // nobody can leave there
        world.heal();
        world.pass(Duration.ofSeconds(20));

        Map<World.Node, Set<String>> users = new HashMap<>();
        world.clients()
                .forEach(client -> users.computeIfAbsent(client.node, node -> new HashSet<>())
                        .add(client.user));
        int counted = users.values().stream().mapToInt(Set::size).sum();
        for (Client client : world.clients()) {
            if (client.counts) {
                assertThat(client.session.occupancy())
                        .isEqualTo(counted + "/" + world.clients().size());
            }
        }
    }

    private static void converges(World world, List<Happening> happenings) {
        happenings.forEach(happening -> apply(happening, world));
        world.heal();
        Client late = world.subscribe(CLIENTS, "late");
        late.follow();
        world.pass(Duration.ofSeconds(20)); // a dead node may be found only now

        Map<String, String> seen = late.session.users();
        for (Client client : world.clients()) {
            if (client.follows) {
                assertSees(client, world);
                assertThat(client.session.users()).isEqualTo(seen); // also since when
            }
            if (client.counts) {
                assertThat(client.session.occupancy()).isEqualTo(world.occupancy());
            }
        }
        Set<String> stored = new HashSet<>();
        world.memory().all(World.ROOM).forEach(user -> stored.add(user.user().value()));
        assertThat(stored).isEqualTo(world.truth().keySet());
    }

    private static void assertSees(Client client, World world) {
        Map<String, String> truth = world.truth();
        if (client.session.partial()) {
            assertThat(truth).hasSizeGreaterThan(World.LISTED * 4 / 5);
            assertThat(client.session.occupancy()).isEqualTo(world.occupancy());
        } else {
            assertThat(truth).hasSizeLessThanOrEqualTo(World.LISTED);
            Map<String, String> data = new HashMap<>();
            client.session.users().forEach((user, what) -> data.put(user, what.substring(13)));
            assertThat(data).isEqualTo(truth);
        }
    }

    private static void apply(Happening happening, World world) {
        int which = happening.which();
        Client client = world.client(which);
        switch (happening.event()) {
            case SUBSCRIBE -> {
                if (client == null) {
                    var unused = world.subscribe(which, "u" + which % USERS);
                }
            }
            case UNSUBSCRIBE -> world.end(which, false);
            case CLOSE -> world.end(which, true);
            case PASS -> world.pass(Duration.ofSeconds(1 + which));
            case LOSE_MESSAGES -> world.wire.lose(1 + which % 2);
            case STORE_GONE -> world.memory().unreachable(true);
            case STORE_BACK -> world.memory().unreachable(false);
            case ANSWERS_LOST -> world.memory().losesAnswers(which % 2 == 0);
            case BUS_GONE -> world.wire.unreachable(true);
            case BUS_BACK -> {
                world.wire.unreachable(false);
                world.wire.reconnect();
            }
            case LOSE_STORE -> world.memory().loseAll();
            case RESTART_REDIS -> {
                world.memory().loseAll();
                world.wire.reconnect();
            }
            case KILL -> world.kill(which);
            case ENTER, LEAVE, FOLLOW, UNFOLLOW, COUNT, DOUBT, TRUST, STALL, DRAIN -> {
                if (client != null) {
                    apply(happening.event(), client);
                }
            }
        }
    }

    private static void apply(Event event, Client client) {
        switch (event) {
            case ENTER -> ifGranted(client, client::enter);
            case LEAVE -> ifGranted(client, client::leave);
            case FOLLOW -> ifGranted(client, client::follow);
            case UNFOLLOW -> ifGranted(client, client::unfollow);
            case COUNT -> client.count();
            case DOUBT -> client.session.granted(false);
            case TRUST -> client.session.granted(true);
            case STALL -> client.session.link().room(0);
            default -> client.session.drain();
        }
    }

    private static void ifGranted(Client client, Runnable frame) {
        if (client.session.granted()) {
            frame.run();
        }
    }
}
