package dev.dunlin.connection.link;

import org.jspecify.annotations.Nullable;

/**
 * One channel in one outbox, where only the latest message counts while the link is slow. Made once
 * for a subscription; the outbox keeps it. On the link's loop only.
 */
public final class Latest {
    private final GapFrame gapFrame;
    /** The messages that wait, and their cost. */
    int messages;

    int bytes;
    /**
     * True from the first message that was replaced until the link accepts a message at once again.
     */
    boolean givesWay;
    /** The only message that waits, unless another event of the channel waits behind it. */
    @Nullable
    Waiting newest;
    /** The gap right before {@link #newest}. */
    @Nullable
    Waiting gap;

    /** Makes the gap frame for the messages between two seqs. */
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

    /** Another event of the channel waits behind the newest message. */
    void forgetOrder() {
        newest = null;
        gap = null;
    }
}
