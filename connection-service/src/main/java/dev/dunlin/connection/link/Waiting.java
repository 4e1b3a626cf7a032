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
    /** Of a message its seq, of a gap its bounds. */
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

    /** An event of such a channel that is no message, so that it stays. */
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

    /** This message is not sent: a gap takes its place. */
    void becomeGap() {
        message = false;
        frame = null;
    }

    /** Takes a message into this gap, if it comes right after it. */
    boolean absorb(Waiting next) {
        if (!isGap() || next.from != to + 1) {
            return false;
        }
        to = next.to;
        return true;
    }

    /** Puts a later message in the place of this one. */
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
