package dev.dunlin.connection.transport.websocket;

import dev.dunlin.connection.transport.websocket.ClientFrames.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** One text message, from its first frame to its last. On the link's loop. */
final class IncomingMessage {
    private int bytes;
    private int fragments;
    private int utf8 = Utf8.COMPLETE;
    /** Null before the first frame, and once the message is too long to keep. */
    private @Nullable ByteBuf text;

    /**
     * Adds the next frame. Returns whether the text is UTF-8 so far.
     *
     * @param maxKept bytes of a message whose text is kept
     */
    boolean add(Frame frame, int maxKept) {
        ByteBuf part = frame.payload();
        utf8 = Utf8.after(utf8, part);
        bytes += part.readableBytes();
        fragments += frame.last() ? 0 : 1;
        if (bytes > maxKept) {
            text = null;
        } else if (text == null && frame.last()) {
            text = part; // the whole message is in one frame, and is read at once
        } else {
            text = (text == null ? Unpooled.buffer(2 * part.readableBytes()) : text).writeBytes(part);
        }
        return utf8 == Utf8.COMPLETE || (utf8 != Utf8.INVALID && !frame.last());
    }

    /** Counts bytes that nobody wants. Returns how many there were. */
    int drop(ByteBuf unwanted) {
        bytes += unwanted.readableBytes();
        return bytes;
    }

    int bytes() {
        return bytes;
    }

    /** The frames before the last one. */
    int fragments() {
        return fragments;
    }

    /** Null if the message is too long to keep. */
    byte @Nullable [] text() {
        return text == null ? null : ByteBufUtil.getBytes(text);
    }
}
