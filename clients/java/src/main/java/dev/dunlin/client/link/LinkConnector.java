package dev.dunlin.client.link;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Opens links. */
@FunctionalInterface
public interface LinkConnector {
    /**
     * Opens a link; does not block.
     *
     * @param uri {@code ws:} or {@code wss:}
     * @param token for {@code Authorization: Bearer}
     * @return fails with {@link HandshakeRefused} if the server said no, else with an
     *     {@link java.io.IOException}
     */
    CompletableFuture<Link> open(URI uri, String token, LinkListener listener);
}
