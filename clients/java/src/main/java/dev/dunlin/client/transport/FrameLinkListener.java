package dev.dunlin.client.transport;

import dev.dunlin.protocol.frame.ServerFrame;

/** Hears one {@link FrameLink}, never before the call that made the link has returned. */
public interface FrameLinkListener {
    /**
     * {@code welcome} first. Replies may still come after {@link FrameLink#close}, nothing else.
     */
    void onFrame(ServerFrame frame);

    /** At most once, and not after {@link FrameLink#close}. */
    void onEnded(Ending ending);
}
