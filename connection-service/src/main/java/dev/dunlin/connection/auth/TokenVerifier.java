package dev.dunlin.connection.auth;

/** Checks tokens. Blocks when keys must be fetched: call it on a virtual thread. */
public interface TokenVerifier {
    /**
     * Throws {@link dev.dunlin.edge.RefusedException} with {@code unauthenticated} if the token is
     * not valid now, with {@code unavailable} if that cannot be known because the keys cannot be
     * had. The token itself is in no message.
     */
    Identity verify(String token);

    /**
     * Throws {@code unauthenticated} if a verified identity has expired meanwhile, or if the user's
     * sessions were ended. Never blocks.
     */
    void requireCurrent(Identity identity);
}
