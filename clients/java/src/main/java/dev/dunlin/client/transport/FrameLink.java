package dev.dunlin.client.transport;

import dev.dunlin.protocol.frame.ClientFrame;

/** One way to one session at the server, by any transport. Used once; a reconnect makes another. */
public interface FrameLink {
    /** Sends a frame; what the transport has no way for is not sent. */
    void send(ClientFrame frame);

    /** Ends it from this side. */
    void close();

    /** Makes sure that the link still lives: the network may be another one by now. */
    void check();
}
