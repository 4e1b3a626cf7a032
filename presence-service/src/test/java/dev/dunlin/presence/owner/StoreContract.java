package dev.dunlin.presence.owner;

import dev.dunlin.presence.owner.ConvergenceProperty.Event;
import dev.dunlin.presence.owner.ConvergenceProperty.Happening;
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

    private static List<Happening> happenings(Random random) {
        Event[] events = Event.values();
        return IntStream.range(0, LENGTH)
                .mapToObj(i -> new Happening(
                        events[random.nextInt(events.length)], random.nextInt(ConvergenceProperty.SESSIONS)))
                .toList();
    }
}
