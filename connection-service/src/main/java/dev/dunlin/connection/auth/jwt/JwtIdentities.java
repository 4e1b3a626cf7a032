package dev.dunlin.connection.auth.jwt;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.PathSegment;
import dev.dunlin.protocol.UserId;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Reads the {@link Identity} out of a verified token. */
public final class JwtIdentities {
    private JwtIdentities() {}

    /**
     * Throws {@link RefusedException} {@code unauthenticated} if the {@code sub} is not a valid
     * user id.
     */
    public static Identity of(JsonWebToken verified) {
        try {
            return new Identity(
                    PathSegment.require(new UserId(verified.getSubject())),
                    TokenGrants.of(verified),
                    Math.multiplyExact(verified.getIssuedAtTime(), 1000L),
                    Math.multiplyExact(verified.getExpirationTime(), 1000L));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(ErrorCode.UNAUTHENTICATED, "the token's sub: " + e.getMessage());
        }
    }
}
