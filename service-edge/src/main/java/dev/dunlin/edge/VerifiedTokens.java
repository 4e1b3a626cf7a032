package dev.dunlin.edge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what verified tokens said, so that a token that is shown again costs a hash instead of
 * a signature. Keeps no token: the key is half of its SHA-256, which nobody can meet by another
 * token. Bounded; when it is full, the token that was not shown for the longest time gives way.
 *
 * <p>An entry counts only while the keys are those that verified it. It says nothing of the time:
 * whoever uses it checks on each use that the token has not expired and is not revoked.
 * Thread-safe; never blocks for long.
 */
public final class VerifiedTokens<V> {
    private final int most;
    private final SequencedMap<Entry<V>, Entry<V>> entries;

    /** {@code most}: how many tokens to remember. */
    public VerifiedTokens(int most) {
        this.most = most;
        this.entries = new LinkedHashMap<>(16, 0.75f, true);
    }

    /** Is its own key, which saves an object for each token. */
    private static final class Entry<V> {
        private final long high;
        private final long low;
        private final @Nullable V value;
        private final @Nullable Object keys;

        Entry(String token, @Nullable V value, @Nullable Object keys) {
            ByteBuffer hash = ByteBuffer.wrap(sha256(token));
            this.high = hash.getLong();
            this.low = hash.getLong();
            this.value = value;
            this.keys = keys;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Entry<?> entry && entry.high == high && entry.low == low;
        }

        @Override
        public int hashCode() {
            return (int) high;
        }
    }

    /**
     * What a token said when {@code keys} verified it; null if it is not remembered or if the keys
     * were others.
     *
     * @param keys those in force now, compared by identity; null if that is not known
     */
    public @Nullable V find(String token, @Nullable Object keys) {
        if (keys == null) {
            return null;
        }
        Entry<V> asked = new Entry<>(token, null, null);
        Entry<V> found;
        synchronized (entries) {
            found = entries.get(asked);
            if (found != null && found.keys != keys) {
                entries.remove(asked);
                found = null;
            }
        }
        return found == null ? null : found.value;
    }

    /**
     * Remembers a verified token.
     *
     * @param keys those that were in force before it was verified; null if that is not known: then
     *     nothing is remembered
     */
    public void remember(String token, V value, @Nullable Object keys) {
        if (keys == null) {
            return;
        }
        Entry<V> entry = new Entry<>(token, value, keys);
        synchronized (entries) {
            entries.remove(entry);
            entries.put(entry, entry);
            if (entries.size() > most) {
                entries.pollFirstEntry();
            }
        }
    }

    /** How many tokens are remembered. */
    public int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
