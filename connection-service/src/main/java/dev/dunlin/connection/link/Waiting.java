package dev.dunlin.connection.link;

import org.jspecify.annotations.Nullable;

/** A frame that waits in an outbox, or a gap that becomes a frame when it is sent. */
final class Waiting {
    private static final int OVERHEAD = 32;
    /** What the frame of a gap costs at most. */
    private static final int GAP_COST = 256;

    final boolean ephemeral;
    final @Nullable Latest channel;
    private boolean message;
    private byte @Nullable [] frame;
    /** The seq of a message, or the bounds of a gap. */
    private long from;

    private long to;

    private Waiting(byte[] frame, boolean ephemeral, @Nullable Latest channel, boolean message, long seq) {
        this.frame = frame;
        this.ephemeral = ephemeral;
        this.channel = channel;
        this.message = message;
        this.from = seq;
        this.to = seq;
    }

    static Waiting frame(byte[] frame, boolean ephemeral) {
        return new Waiting(frame, ephemeral, null, false, 0);
    }

    static Waiting message(byte[] frame, Latest channel, long seq) {
        return new Waiting(frame, false, channel, true, seq);
    }

    /** An event of such a channel that is not a message, so it is never replaced. */
    static Waiting between(byte[] frame, Latest channel) {
        return new Waiting(frame, false, channel, false, 0);
    }

    int cost() {
        byte[] bytes = frame;
        return bytes == null ? GAP_COST : bytes.length + OVERHEAD;
    }

    boolean isMessage() {
        return message;
    }

    boolean isGap() {
        return frame == null;
    }

    /** Turns this message into a gap. */
    void becomeGap() {
        message = false;
        frame = null;
    }

    /** Extends this gap by a message that follows it directly. */
    boolean absorb(Waiting next) {
        if (!isGap() || next.from != to + 1) {
            return false;
        }
        to = next.to;
        return true;
    }

    /** Replaces this message by a later one. */
    void replace(byte[] later, long seq) {
        frame = later;
        from = seq;
        to = seq;
    }

    byte[] bytes() {
        byte[] bytes = frame;
        if (bytes != null) {
            return bytes;
        }
        return channel == null ? new byte[0] : channel.gap(from, to);
    }
}
