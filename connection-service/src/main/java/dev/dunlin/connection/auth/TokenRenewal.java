package dev.dunlin.connection.auth;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Checks the token that replaces an expiring one. Any thread, never blocks. */
public final class TokenRenewal {
    private final TokenVerifier verifier;
    private final Executor virtualThreads;

    public TokenRenewal(TokenVerifier verifier, Executor virtualThreads) {
        this.verifier = verifier;
        this.virtualThreads = virtualThreads;
    }

    /**
     * The new identity of the same user; fails with {@link RefusedException}:
     * {@code unauthenticated}, {@code forbidden} for another user's token, {@code unavailable}.
     */
    public CompletionStage<Identity> renew(UserId user, String token) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Identity renewed = verifier.verify(token);
                    if (!renewed.user().equals(user)) {
                        throw new RefusedException(ErrorCode.FORBIDDEN, "token: is for another user");
                    }
                    return renewed;
                },
                virtualThreads);
    }
}
