package dev.dunlin.connection.cursor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Follows the frames of a stream as they are written, so that the cursor is exactly after the last
 * one. The channels that a stream asks for at its start are numbered; replies carry the number as
 * their {@code ref}. On the link's loop only.
 */
public final class StreamTrack {
    private final Positions positions;
    private final BitSet awaited = new BitSet();
    private int subscribed;
    private boolean keepOthers;

    /** Starts with the positions that the client sent. */
    public StreamTrack(@Nullable Cursor start) {
        this.positions = new Positions(start);
    }

    /**
     * What a frame means for the stream.
     *
     * @param type the type of the frame
     * @param moved whether the cursor has changed
     * @param kind what it means at the start of a stream
     */
    public record Sent(String type, boolean moved, Kind kind) {}

    /** What a frame means at the start of a stream. */
    public enum Kind {
        /** Nothing. */
        OTHER,
        /** The token expires soon; the cursor has moved if it had room to record the warning. */
        EXPIRING,
        /** The token expires soon, and the cursor already holds the warning. */
        EXPIRY_KNOWN,
        /** The session's greeting. */
        WELCOME,
        /** A channel continues exactly after the cursor. */
        RECOVERED,
        /** A channel begins, or could not continue after the cursor. */
        BEGUN,
        /** A channel that the stream asked for is refused for good. */
        REFUSED,
        /** A channel that the stream asked for is unavailable now. */
        FAILED
    }

    /** A channel with this number will be subscribed, or refused. */
    public void await(int number) {
        awaited.set(number);
    }

    /** Whether every channel of the start was answered. */
    public boolean settled() {
        return awaited.isEmpty();
    }

    /** Whether no channel of the start is available. */
    public boolean hasNone() {
        return subscribed == 0;
    }

    public Positions positions() {
        return positions;
    }

    /** Records a frame that is being written. */
    public Sent sent(byte[] frame) {
        FrameHead head = FrameHead.read(frame);
        if (head.channel() != null) {
            return new Sent(head.type(), positions.moveTo(head.channel(), head.seq()), Kind.OTHER);
        }
        return switch (head.type()) {
            case "subscribed" -> subscribed(tree(frame));
            case "unsubscribed" -> {
                positions.end(new ChannelName(tree(frame).path("channel").asText()));
                yield new Sent(head.type(), true, Kind.OTHER);
            }
            case "gap" -> {
                JsonNode gap = tree(frame);
                boolean moved = positions.moveTo(
                        new ChannelName(gap.path("channel").asText()),
                        gap.path("to").asLong());
                yield new Sent(head.type(), moved, Kind.OTHER);
            }
            case "error" -> refused(tree(frame));
            case "token_expiring" -> expiring(tree(frame));
            case "welcome" -> new Sent(head.type(), false, Kind.WELCOME);
            default -> new Sent(head.type(), false, Kind.OTHER);
        };
    }

    private Sent expiring(JsonNode frame) {
        Positions.Warning warning = positions.warn(frame.path("expiresAt").asLong());
        return new Sent(
                "token_expiring",
                warning == Positions.Warning.REMEMBERED,
                warning == Positions.Warning.KNOWN ? Kind.EXPIRY_KNOWN : Kind.EXPIRING);
    }

    private Sent subscribed(JsonNode frame) {
        ChannelName channel = new ChannelName(frame.path("channel").asText());
        boolean durable = frame.hasNonNull("epoch");
        if (durable) {
            JsonNode from = frame.path("from");
            positions.start(
                    channel,
                    new Epoch(frame.path("epoch").asText()),
                    from.isNumber() ? from.asLong() : frame.path("head").asLong());
        }
        subscribed++;
        answered(frame.path("ref"));
        return new Sent("subscribed", durable, frame.path("recovered").asBoolean() ? Kind.RECOVERED : Kind.BEGUN);
    }

    private Sent refused(JsonNode frame) {
        JsonNode ref = frame.path("ref");
        if (!ref.isInt() || !awaited.get(ref.asInt())) {
            return new Sent("error", false, Kind.OTHER);
        }
        boolean again = frame.path("retryable").asBoolean();
        keepOthers |= again; // the position of that channel is among them
        answered(ref);
        return new Sent("error", false, again ? Kind.FAILED : Kind.REFUSED);
    }

    private void answered(JsonNode ref) {
        if (ref.isInt() && awaited.get(ref.asInt())) {
            awaited.clear(ref.asInt());
            if (awaited.isEmpty() && !keepOthers) {
                positions.forgetOthers();
            }
        }
    }

    private static JsonNode tree(byte[] frame) {
        try {
            return Json.parse(frame);
        } catch (InvalidInput e) {
            throw new IllegalStateException(e); // frames are ours
        }
    }
}
