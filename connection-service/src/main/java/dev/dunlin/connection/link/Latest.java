package dev.dunlin.connection.link;

import org.jspecify.annotations.Nullable;

/** One channel in one outbox of which only the latest message counts while the link is slow. Made once for a subscription; the outbox keeps it. On the link's loop only. */
public final class Latest {
    private final GapFrame gapFrame;
    /** Messages that wait, and their cost. */
    int messages;

    int bytes;
    /** From the first message that gave way until the link takes a message at once again. */
    boolean givesWay;
    /** The only message that waits, while nothing of the channel waits behind it. */
    @Nullable
    Waiting newest;
    /** What was left out right before {@link #newest}. */
    @Nullable
    Waiting gap;

    /** Makes the frame that stands for the messages from one seq to another. */
    @FunctionalInterface
    public interface GapFrame {
        byte[] of(long from, long to);
    }

    public Latest(GapFrame gapFrame) {
        this.gapFrame = gapFrame;
    }

    byte[] gap(long from, long to) {
        return gapFrame.of(from, to);
    }

    /** Something of the channel waits behind what was the newest. */
    void forgetOrder() {
        newest = null;
        gap = null;
    }
}
