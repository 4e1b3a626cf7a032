package dev.dunlin.presence.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.presence.owner.ConvergenceProperty.Event;
import dev.dunlin.presence.owner.ConvergenceProperty.Happening;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** What the owner does over memory, for another store. */
public final class StoreContract {
    private static final Logger LOG = Logger.getLogger(StoreContract.class);
    private static final int TRIES = 40;
    private static final int LENGTH = 60;
    private static final int MORE = 10;

    private StoreContract() {}

    /** Whatever is lost, the statuses become those of the open links. The log gives the seed. */
    public static void converges(Supplier<LossyStore> stores) {
        long seed = new Random().nextLong();
        LOG.infof("seed %d", seed);
        Random random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            World world = new World(stores.get());
            happenings(random).forEach(happening -> ConvergenceProperty.apply(happening, world));
            ConvergenceProperty.assertConverged(world);
        }
    }

    /** Of more users than are remembered, those who were seen last are. */
    public static void remembersWhoWasSeenLast(LossyStore store) {
        World world = new World(store);
        NodeId node = new NodeId("a.1");
        List<UserId> users = IntStream.range(0, World.SEEN_USERS + MORE)
                .mapToObj(i -> new UserId("u" + i))
                .toList();
        for (UserId user : users) {
            world.start(node, new SessionId(user.value()), user);
            world.end(node, new SessionId(user.value()));
        }
        world.step();
        world.pass(Duration.ofHours(1));
        world.step();
        assertThat(users)
                .filteredOn(user -> world.shown(user).lastSeen() == null)
                .isEqualTo(users.subList(0, MORE));
    }

    private static List<Happening> happenings(Random random) {
        Event[] events = Event.values();
        return IntStream.range(0, LENGTH)
                .mapToObj(i -> new Happening(
                        events[random.nextInt(events.length)], random.nextInt(ConvergenceProperty.SESSIONS)))
                .toList();
    }
}
