package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.LoggedFrame;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A frame that goes to every subscriber, in order. It stands for the seqs from {@code first} to {@code seq}: one, or for a {@code gap} frame several.
 *
 * @param frame not copied: nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path: the same bytes go to every link
public record LiveEvent(long first, long seq, byte[] frame) {
    private static final byte[] MESSAGE = "{\"type\":\"message\"".getBytes(StandardCharsets.UTF_8);

    static LiveEvent of(LoggedFrame event) {
        return new LiveEvent(event.seq(), event.seq(), event.frame());
    }

    static LiveEvent gap(ChannelName channel, long first, long last) {
        return new LiveEvent(first, last, Json.write(new ServerFrame.Gap(channel, first, last)));
    }

    /** Whether it is a {@code message}, told by its first bytes: the type comes first in every frame that this suite writes. */
    boolean isMessage() {
        return frame.length > MESSAGE.length && Arrays.equals(frame, 0, MESSAGE.length, MESSAGE, 0, MESSAGE.length);
    }
}
