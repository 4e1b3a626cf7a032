package dev.dunlin.edge;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.KeyLocationResolver;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jose4j.http.Get;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWKS. A token with an unknown {@code kid} causes the JWKS to be fetched again,
 * because the issuer may have a new key. Anybody can send such a token, so not every one does. The
 * library pauses a whole number of minutes between such fetches, so one bad token would keep a new
 * key out for that long. Thread-safe; blocks.
 */
final class RotatingKeys extends KeyLocationResolver implements TokenKeys {
    private static final Logger LOG = Logger.getLogger(RotatingKeys.class);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);
    /** How long {@link #known} may trust what {@link #current} has seen. */
    private static final Duration TRUSTED = Duration.ofSeconds(1);

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration READ_WITHIN = Duration.ofSeconds(3);

    private final LongSupplier nanos;
    private final Object fetching = new Object();
    private long nextFetch;
    /** What {@link #current} has seen, and when. */
    private volatile @Nullable Seen seen;

    private record Seen(Object keys, long nanos) {}

    /** {@code nanos}: a monotonic clock. Fetches the keys; throws if they are unavailable. */
    RotatingKeys(JWTAuthContextInfo verification, LongSupplier nanos) throws UnresolvableKeyException {
        super(verification);
        this.nanos = nanos;
        this.nextFetch = nanos.getAsLong();
        if (httpsJwks != null) {
            httpsJwks.setRefreshReprieveThreshold(0); // it would hide a key that appears soon after the start
        } else if (key == null && jsonWebKeys == null) {
            throw new UnresolvableKeyException("There are no keys at " + verification.getPublicKeyLocation());
        }
    }

    @Override
    protected boolean forcedHttpsJwksRefresh() {
        // a thread that waits here uses what the thread before it has fetched
        synchronized (fetching) {
            long now = nanos.getAsLong();
            if (now - nextFetch < 0) {
                return false;
            }
            nextFetch = now + BETWEEN_FETCHES.toNanos();
            try {
                httpsJwks.refresh();
                seen = null;
                return true;
            } catch (JoseException | IOException e) {
                LOG.warnf("The JWKS cannot be fetched now: %s", e.getMessage());
                return false;
            }
        }
    }

    /** The fetched list: every fetch that succeeds makes a new one. */
    @Override
    public @Nullable Object current() {
        if (httpsJwks == null) {
            return this;
        }
        try {
            long now = nanos.getAsLong();
            Object keys = httpsJwks.getJsonWebKeys(); // fetches them if they may not be kept any longer
            seen = new Seen(keys, now);
            return keys;
        } catch (JoseException | IOException e) {
            seen = null;
            return null;
        }
    }

    @Override
    public @Nullable Object known() {
        if (httpsJwks == null) {
            return this;
        }
        Seen last = seen;
        return last != null && nanos.getAsLong() - last.nanos() < TRUSTED.toNanos() ? last.keys() : null;
    }

    @Override
    protected Get getHttpGet() {
        Get get = new Get();
        get.setConnectTimeout((int) CONNECT_WITHIN.toMillis());
        get.setReadTimeout((int) READ_WITHIN.toMillis());
        return get;
    }
}
