package dev.dunlin.connection.session;

import dev.dunlin.protocol.SessionId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The 128 bits of a session's id; equal if they are. A {@link Session} is its own key, and has no
 * text of its id: it is made when it is needed, which an idle session does not.
 */
public sealed class SessionKey permits Session {
    private static final int DIGITS = 32;

    private final long high;
    private final long low;

    public SessionKey(long high, long low) {
        this.high = high;
        this.low = low;
    }

    SessionKey(SessionKey same) {
        this(same.high, same.low);
    }

    /** A new one. */
    public static SessionKey next(RandomGenerator random) {
        return new SessionKey(random.nextLong(), random.nextLong());
    }

    /** Empty if no session of a node has such an id. */
    static Optional<SessionKey> of(SessionId id) {
        String text = id.value();
        if (text.length() != DIGITS || !text.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        SessionKey key = new SessionKey(
                HexFormat.fromHexDigitsToLong(text, 0, DIGITS / 2),
                HexFormat.fromHexDigitsToLong(text, DIGITS / 2, DIGITS));
        return key.hasId(id) ? Optional.of(key) : Optional.empty();
    }

    /** The id: 32 hexadecimal digits. Any thread. */
    public final SessionId id() {
        HexFormat hex = HexFormat.of();
        return new SessionId(hex.toHexDigits(high) + hex.toHexDigits(low));
    }

    /** Whether {@link #id} equals this; makes no text, because each subscriber is asked it. */
    public final boolean hasId(@Nullable SessionId other) {
        if (other == null || other.value().length() != DIGITS) {
            return false;
        }
        for (int i = 0; i < DIGITS; i++) {
            long bits = i < DIGITS / 2 ? high : low;
            int digit = (int) (bits >>> 4 * (DIGITS - 1 - i) % Long.SIZE) & 0xf;
            if (other.value().charAt(i) != Character.forDigit(digit, 16)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof SessionKey key && key.high == high && key.low == low;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(low);
    }
}
