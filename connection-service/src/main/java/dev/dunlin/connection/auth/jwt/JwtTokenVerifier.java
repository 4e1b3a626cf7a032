package dev.dunlin.connection.auth.jwt;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.auth.TokenVerifier;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenScopes;
import dev.dunlin.edge.revocation.Revocations;
import dev.dunlin.protocol.ErrorCode;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Tokens by the same rules as REST: {@code mp.jwt.verify.*}. */
public final class JwtTokenVerifier implements TokenVerifier {
    private static final Duration KEYS_RETRY = Duration.ofSeconds(1);

    private final JWTParser parser;
    private final Revocations revocations;
    private final InstantSource clock;

    public JwtTokenVerifier(JWTParser parser, Revocations revocations, InstantSource clock) {
        this.parser = parser;
        this.revocations = revocations;
        this.clock = clock;
    }

    @Override
    public Identity verify(String token) {
        JsonWebToken verified;
        try {
            verified = parser.parse(token);
        } catch (ParseException e) {
            if (causedByIo(e)) {
                throw new RefusedException(
                        ErrorCode.UNAVAILABLE, "the issuer's keys cannot be fetched now", KEYS_RETRY);
            }
            throw new RefusedException(ErrorCode.UNAUTHENTICATED, "the token is not valid or has expired");
        }
        if (TokenScopes.isInternal(verified)) {
            throw new RefusedException(ErrorCode.FORBIDDEN, "the internal credential is for /internal only");
        }
        Identity identity = JwtIdentities.of(verified);
        requireCurrent(identity);
        return identity;
    }

    /** The parser allows for clock skew. This does not: such a link would be closed at once. */
    @Override
    public void requireCurrent(Identity identity) {
        if (identity.expiresAt() <= clock.millis()
                || revocations.revoked(identity.user().value(), Math.floorDiv(identity.issuedAt(), 1000L))) {
            throw new RefusedException(ErrorCode.UNAUTHENTICATED, "the token is not valid or has expired");
        }
    }

    private static boolean causedByIo(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
