package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The payload on {@code ch:} and {@code node:}: an encoded client frame after a small binary
 * header, so that a node forwards the frame without parsing it.
 *
 * <pre>
 * byte 0      version, 1
 * byte 1      kind: 1 EVENT, 2 EPHEMERAL, 3 REPLY
 * bytes 2–9   seq, big-endian; 0 unless EVENT
 * bytes 10–25 trace id
 * byte 26     length of the epoch, then the epoch in ASCII; 0 unless EVENT
 * next byte   length of the session, then the session in ASCII: the sender's, or for a REPLY the
 *             receiver's; 0 if there is none
 * rest        the frame, UTF-8 JSON
 * </pre>
 *
 * @param frame not copied: neither side may change it
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path: a copy or a wrapper for each message would be for
// nothing
public record BusMessage(
        Kind kind,
        long seq,
        TraceId trace,
        @Nullable Epoch epoch,
        @Nullable SessionId session,
        byte[] frame) {
    private static final byte VERSION = 1;
    private static final int FIXED = 26;

    /** What the frame is. */
    public enum Kind {
        EVENT(1),
        EPHEMERAL(2),
        REPLY(3);

        private final byte number;

        Kind(int number) {
            this.number = (byte) number;
        }

        private static Kind ofNumber(byte number) throws InvalidInput {
            for (Kind kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "a bus message of unknown kind " + number);
        }
    }

    public static BusMessage event(long seq, Epoch epoch, TraceId trace, @Nullable SessionId sender, byte[] frame) {
        return new BusMessage(Kind.EVENT, seq, trace, epoch, sender, frame);
    }

    public static BusMessage ephemeral(TraceId trace, @Nullable SessionId sender, byte[] frame) {
        return new BusMessage(Kind.EPHEMERAL, 0, trace, null, sender, frame);
    }

    public static BusMessage reply(TraceId trace, SessionId receiver, byte[] frame) {
        return new BusMessage(Kind.REPLY, 0, trace, null, receiver, frame);
    }

    /** The bytes to publish. */
    public byte[] encode() {
        byte[] epochBytes = ascii(epoch == null ? "" : epoch.value());
        byte[] sessionBytes = ascii(session == null ? "" : session.value());
        return ByteBuffer.allocate(FIXED + 2 + epochBytes.length + sessionBytes.length + frame.length)
                .put(VERSION)
                .put(kind.number)
                .putLong(seq)
                .putLong(trace.high())
                .putLong(trace.low())
                .put((byte) epochBytes.length)
                .put(epochBytes)
                .put((byte) sessionBytes.length)
                .put(sessionBytes)
                .put(frame)
                .array();
    }

    /**
     * Reads published bytes; throws {@link InvalidInput} if they are of another version or cut
     * short.
     */
    public static BusMessage decode(byte[] bytes) throws InvalidInput {
        if (bytes.length < FIXED + 2 || bytes[0] != VERSION) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "not a bus message of version " + VERSION);
        }
        Kind kind = Kind.ofNumber(bytes[1]);
        ByteBuffer in = ByteBuffer.wrap(bytes, 2, bytes.length - 2);
        long seq = in.getLong();
        TraceId trace = new TraceId(in.getLong(), in.getLong());
        try {
            String epoch = ascii(in);
            String session = ascii(in);
            byte[] frame = new byte[in.remaining()];
            in.get(frame);
            return new BusMessage(
                    kind,
                    seq,
                    trace,
                    epoch.isEmpty() ? null : new Epoch(epoch),
                    session.isEmpty() ? null : new SessionId(session),
                    frame);
        } catch (RuntimeException cutShort) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "a bus message with a broken header");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String ascii(ByteBuffer in) {
        byte[] bytes = new byte[in.get()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
