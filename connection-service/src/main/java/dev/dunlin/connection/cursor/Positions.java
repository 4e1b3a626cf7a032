package dev.dunlin.connection.cursor;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The positions of a stream, always encoded as a cursor: an event changes 15 characters of the
 * text. On one thread only.
 */
public final class Positions {
    private final Map<Long, Integer> places = new HashMap<>();
    private final Map<ChannelName, Long> keys = new HashMap<>();
    private byte[] text = new byte[CursorFormat.HEAD + 2 * CursorFormat.ENTRY];
    private int count;
    private long check;

    /** Starts with the positions that the client sent. */
    public Positions(@Nullable Cursor start) {
        CursorFormat.writeHead(text, 0);
        if (start != null) {
            start.seqs().forEach(this::put);
        }
    }

    /**
     * A channel continues after {@code seq}. Above the limit of channels it is not kept, and a
     * resume will not recover it.
     */
    public void start(ChannelName channel, Epoch epoch, long seq) {
        long key = CursorFormat.key(channel, epoch);
        Long before = keys.put(channel, key);
        if (before != null && before != key) {
            take(before);
        }
        put(key, seq);
    }

    /**
     * Everything up to and including {@code seq} was sent. Has no effect on a channel that was not
     * started.
     */
    public boolean moveTo(ChannelName channel, long seq) {
        Long key = keys.get(channel);
        if (key == null) {
            return false;
        }
        put(key, seq);
        return true;
    }

    /** The stream of a channel ended. */
    public void end(ChannelName channel) {
        Long key = keys.remove(channel);
        if (key != null) {
            take(key);
        }
    }

    /** Drops the positions that the client sent and did not ask for again. */
    public void forgetOthers() {
        Set<Long> others = new HashSet<>(places.keySet());
        others.removeAll(keys.values());
        others.remove(CursorFormat.EXPIRY_KEY);
        others.forEach(this::take);
    }

    /** What the cursor does with a warning that the token expires. */
    enum Warning {
        /** The cursor holds it from now on. */
        REMEMBERED,
        /** The client's cursor holds it already. */
        KNOWN,
        /** The cursor has no room left for it. */
        FORGOTTEN
    }

    /**
     * Records that the client was warned of its token's {@code exp}, in milliseconds since 1970.
     */
    Warning warn(long expiresAt) {
        Integer place = places.get(CursorFormat.EXPIRY_KEY);
        if (place != null && seqAt(place) == expiresAt) {
            return Warning.KNOWN;
        }
        put(CursorFormat.EXPIRY_KEY, expiresAt);
        return places.containsKey(CursorFormat.EXPIRY_KEY) ? Warning.REMEMBERED : Warning.FORGOTTEN;
    }

    /** The current length of the cursor. */
    public int length() {
        return CursorFormat.HEAD + count * CursorFormat.ENTRY;
    }

    /** Copies the cursor, ASCII. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(text, 0, target, at, length());
    }

    /** The cursor. */
    public byte[] toBytes() {
        return Arrays.copyOf(text, length());
    }

    private void put(long key, long seq) {
        long kept = Math.min(seq, CursorFormat.MOST);
        Integer known = places.get(key);
        int place;
        if (known == null && count == CursorFormat.MOST_CHANNELS && key != CursorFormat.EXPIRY_KEY) {
            take(CursorFormat.EXPIRY_KEY); // a channel's position is worth more
        }
        if (known != null) {
            place = known;
            check ^= CursorFormat.check(key, seqAt(place));
        } else if (count < CursorFormat.MOST_CHANNELS) {
            place = count++;
            places.put(key, place);
            if (length() > text.length) {
                text = Arrays.copyOf(
                        text, CursorFormat.HEAD + Math.min(2 * count, CursorFormat.MOST_CHANNELS) * CursorFormat.ENTRY);
            }
            CursorFormat.writeNumber(text, at(place), key);
        } else {
            return;
        }
        CursorFormat.writeNumber(text, at(place) + CursorFormat.NUMBER, kept);
        check ^= CursorFormat.check(key, kept);
        CursorFormat.writeHead(text, check);
    }

    private void take(long key) {
        Integer place = places.remove(key);
        if (place == null) {
            return;
        }
        check ^= CursorFormat.check(key, seqAt(place));
        int last = --count;
        if (place != last) {
            System.arraycopy(text, at(last), text, at(place), CursorFormat.ENTRY);
            places.put(CursorFormat.readNumber(text, at(place)), place);
        }
        CursorFormat.writeHead(text, check);
    }

    private long seqAt(int place) {
        return CursorFormat.readNumber(text, at(place) + CursorFormat.NUMBER);
    }

    private static int at(int place) {
        return CursorFormat.HEAD + place * CursorFormat.ENTRY;
    }
}
