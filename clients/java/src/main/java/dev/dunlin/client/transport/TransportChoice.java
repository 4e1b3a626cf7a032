package dev.dunlin.client.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;

/**
 * Which transport to try: the best one until enough speaks against it, then the next; after the
 * last the first again. What worked below the best is remembered for a while, so that a restart
 * does not fail its way down anew. On the loop only.
 */
public final class TransportChoice {
    /**
     * So much evidence (see {@link Ending#against}) that a transport does not get through, and the
     * next is tried.
     */
    private static final double ENOUGH = 2;

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final List<Transport> transports;
    private final InstantSource clock;
    private final TransportMemory memory;
    private int index;
    private double against;

    /** Throws {@link IllegalArgumentException} if none is named. */
    public TransportChoice(Collection<Transport> transports, InstantSource clock, TransportMemory memory) {
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("at least one transport must be allowed");
        }
        this.transports = List.copyOf(EnumSet.copyOf(transports));
        this.clock = clock;
        this.memory = memory;
        memory.load().ifPresent(this::remember);
    }

    /** The one to use. */
    public Transport current() {
        return transports.get(index);
    }

    /** Those that would be used instead if they worked, the best first. */
    public List<Transport> better() {
        return transports.subList(0, index);
    }

    /** Counts what speaks against the current one. Returns whether another is current now. */
    public boolean failed(double evidence) {
        // That nothing answers at all is no reason to leave the best one.
        against += index == 0 && evidence < 1 ? 0 : evidence;
        if (against < ENOUGH) {
            return false;
        }
        against = 0;
        index = (index + 1) % transports.size();
        return transports.size() > 1;
    }

    /** A link by the current one proved good. */
    public void worked() {
        against = 0;
        Instant until = clock.instant().plus(REMEMBERED);
        memory.save(index == 0 ? "" : current().name() + " " + until.toEpochMilli());
    }

    /** Goes on with one of {@link #better}. */
    public void use(Transport transport) {
        index = Math.max(0, transports.indexOf(transport));
        against = 0;
    }

    private void remember(String saved) {
        for (Transport transport : transports) {
            String prefix = transport.name() + " ";
            if (saved.startsWith(prefix) && saved.substring(prefix.length()).matches("\\d{1,18}")) {
                Instant until = Instant.ofEpochMilli(Long.parseLong(saved.substring(prefix.length())));
                index = clock.instant().isBefore(until) ? transports.indexOf(transport) : 0;
            }
        }
    }
}
