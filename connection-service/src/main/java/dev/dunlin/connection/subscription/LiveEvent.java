package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.LoggedFrame;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A frame for every subscriber, in order. It covers the seqs from {@code first} to {@code seq}:
 * one, or several for a {@code gap} frame.
 *
 * @param frame not copied: nobody may change it
 * @param left the user whose membership the event ended; null for all other events
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path: the same bytes go to every link
public record LiveEvent(
        long first, long seq, byte[] frame, @Nullable UserId left) {
    private static final byte[] MESSAGE = typed("message");
    private static final byte[] MEMBER_LEFT = typed("member_left");
    private static final byte[] GAP = typed("gap");

    /** Parses only a {@code member_left}, once for all subscribers. */
    static LiveEvent of(LoggedFrame event) {
        return new LiveEvent(
                event.seq(),
                event.seq(),
                event.frame(),
                begins(event.frame(), MEMBER_LEFT) ? userOf(event.frame()) : null);
    }

    static LiveEvent gap(ChannelName channel, long first, long last) {
        return new LiveEvent(first, last, Json.write(new ServerFrame.Gap(channel, first, last)), null);
    }

    /** Whether it is a {@code message}. */
    boolean isMessage() {
        return begins(frame, MESSAGE);
    }

    /** Whether it replaces events that could not be fetched. */
    boolean isGap() {
        return begins(frame, GAP);
    }

    /** Compares the first bytes: the type is first in every frame that this suite encodes. */
    private static boolean begins(byte[] frame, byte[] type) {
        return frame.length > type.length && Arrays.equals(frame, 0, type.length, type, 0, type.length);
    }

    private static byte[] typed(String type) {
        return ("{\"type\":\"" + type + "\"").getBytes(StandardCharsets.UTF_8);
    }

    private static UserId userOf(byte[] frame) {
        try {
            return new UserId(Json.parse(frame).path("user").asText());
        } catch (InvalidInput e) {
            throw new IllegalStateException(e); // frames are ours
        }
    }
}
