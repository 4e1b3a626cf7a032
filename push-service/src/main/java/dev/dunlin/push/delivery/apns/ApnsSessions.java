package dev.dunlin.push.delivery.apns;

import dev.dunlin.push.delivery.KeyFile;
import dev.dunlin.push.delivery.ProviderClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The provider token and the connections of the current key. APNs ties a connection to the first
 * key that it sees there, so a new key gets new connections.
 *
 * <p>Apple wants a token to be renewed after 20 and before 60 minutes, and refuses a provider that
 * renews more often. All processes use the same claims without asking each other: {@code iat} is
 * the start of the current slot of {@value #SLOT_MINUTES} minutes, and a slot is used
 * {@value #MARGIN_MINUTES} minutes late, so that a token is not issued in the future for a clock
 * that is slow. So a token is 5 to 45 minutes old. Thread-safe.
 */
final class ApnsSessions {
    private static final int SLOT_MINUTES = 40;
    private static final int MARGIN_MINUTES = 5;
    private static final long SLOT_SECONDS = Duration.ofMinutes(SLOT_MINUTES).toSeconds();

    private final KeyFile<ApnsKey> keys;
    private final String team;
    private final Supplier<ProviderClient> clients;
    private final Clock clock;
    private @Nullable Session session;

    /** {@code team}: the id of the developer team; {@code clients}: makes new connections. */
    ApnsSessions(KeyFile<ApnsKey> keys, String team, Supplier<ProviderClient> clients, Clock clock) {
        this.keys = keys;
        this.team = team;
        this.clients = clients;
        this.clock = clock;
    }

    /** What a call is made with. */
    record Session(ApnsKey key, Instant slot, String token, ProviderClient client) {}

    synchronized Session current() {
        ApnsKey key = keys.current();
        Instant slot = slot(clock.instant());
        Session known = session;
        if (known == null || known.key() != key) {
            if (known != null) {
                known.client().close();
            }
            known = new Session(key, slot, key.token(team, slot), clients.get());
        } else if (!known.slot().equals(slot)) {
            known = new Session(key, slot, key.token(team, slot), known.client());
        }
        session = known;
        return known;
    }

    /**
     * APNs refused the key or the token. Its connections are not used again: after an expired token
     * APNs refuses whatever comes over the same connection (Pushy found that). The token stays.
     */
    synchronized void refused(Session refused) {
        keys.suspect();
        Session known = session;
        if (known != null && known.client() == refused.client()) {
            known.client().close();
            session = new Session(known.key(), known.slot(), known.token(), clients.get());
        }
    }

    /** The start of the slot of a time. */
    static Instant slot(Instant now) {
        long second = now.minus(Duration.ofMinutes(MARGIN_MINUTES)).getEpochSecond();
        return Instant.ofEpochSecond(second - Math.floorMod(second, SLOT_SECONDS));
    }
}
