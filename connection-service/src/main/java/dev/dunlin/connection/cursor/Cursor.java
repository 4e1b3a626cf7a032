package dev.dunlin.connection.cursor;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The positions that a client sends back: how far it has come in each channel. It grants nothing:
 * access is checked again for every channel. So the checksum detects damage, not forgery; a forger
 * could only choose what to miss (decision 0011).
 */
public final class Cursor {
    /** The most channels of one cursor, and so of one stream. */
    public static final int MOST_CHANNELS = CursorFormat.MOST_CHANNELS;

    private final Map<Long, Long> seqs;

    private Cursor(Map<Long, Long> seqs) {
        this.seqs = seqs;
    }

    /**
     * Parses a cursor. A version that this node does not know has no positions. Throws
     * {@link InvalidInput} for anything else.
     */
    public static Cursor parse(String text) throws InvalidInput {
        if (text.isEmpty()) {
            throw damaged();
        }
        if (text.charAt(0) != CursorFormat.VERSION) {
            return unknownVersion(text);
        }
        int body = text.length() - CursorFormat.HEAD;
        if (body < 0 || body % CursorFormat.ENTRY != 0 || body / CursorFormat.ENTRY > MOST_CHANNELS) {
            throw damaged();
        }
        // other characters become "?", which is refused
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Map<Long, Long> seqs = HashMap.newHashMap(body / CursorFormat.ENTRY);
        long check = 0;
        for (int at = CursorFormat.HEAD; at < bytes.length; at += CursorFormat.ENTRY) {
            long key = CursorFormat.readNumber(bytes, at);
            long seq = CursorFormat.readNumber(bytes, at + CursorFormat.NUMBER);
            if (key < 0 || seq < 0 || seqs.put(key, seq) != null) {
                throw damaged();
            }
            check ^= CursorFormat.check(key, seq);
        }
        if (check != CursorFormat.readCheck(bytes)) {
            throw damaged();
        }
        return new Cursor(seqs);
    }

    private static Cursor unknownVersion(String text) throws InvalidInput {
        boolean plausible = text.length() <= 8192 && text.chars().allMatch(c -> c > ' ' && c < 127);
        if (!plausible || text.charAt(0) < '0' || text.charAt(0) > '9') {
            throw damaged();
        }
        return new Cursor(Map.of());
    }

    private static InvalidInput damaged() {
        return new InvalidInput(ErrorCode.BAD_REQUEST, "cursor: is damaged; start without one");
    }

    /**
     * The client has everything up to and including this seq; empty if the cursor has no position
     * in this epoch of the channel.
     */
    public OptionalLong find(ChannelName channel, Epoch epoch) {
        Long seq = seqs.get(CursorFormat.key(channel, epoch));
        return seq == null ? OptionalLong.empty() : OptionalLong.of(seq);
    }

    Map<Long, Long> seqs() {
        return seqs;
    }
}
