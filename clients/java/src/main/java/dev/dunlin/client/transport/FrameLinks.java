package dev.dunlin.client.transport;

import dev.dunlin.protocol.ChannelName;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Makes links. On the loop only. */
public interface FrameLinks {
    /**
     * Opens one link by a transport; {@code channels} are those that the application listens to
     * now. The listener learns of the end, even if the link never opened.
     */
    FrameLink open(Transport transport, String token, Collection<ChannelName> channels, FrameLinkListener listener);

    /**
     * What plain HTTP says where a WebSocket broke at the handshake: the end as it was with that
     * judged, or another one. Completes on the loop, never with a failure.
     */
    CompletableFuture<Ending> diagnose(Ending broken);
}
