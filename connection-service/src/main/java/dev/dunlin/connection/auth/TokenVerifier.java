package dev.dunlin.connection.auth;

import java.util.Optional;

/** Checks tokens. Blocks when keys must be fetched: call it on a virtual thread. */
public interface TokenVerifier {
    /**
     * Throws {@link dev.dunlin.edge.RefusedException} with {@code unauthenticated} if the token is
     * not valid now, with {@code unavailable} if that cannot be known because the keys cannot be
     * had. The token itself is in no message.
     */
    Identity verify(String token);

    /**
     * The identity of a token that was verified before and is still valid; empty if only
     * {@link #verify} can tell. Throws {@code unauthenticated} if it is not valid any more. Never
     * blocks.
     */
    Optional<Identity> remembered(String token);

    /**
     * Throws {@code unauthenticated} if a verified identity has expired meanwhile, or if the user's
     * sessions were ended. Never blocks.
     */
    void requireCurrent(Identity identity);
}
