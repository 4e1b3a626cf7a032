package dev.dunlin.connection.auth.jwt;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.auth.TokenVerifier;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenKeys;
import dev.dunlin.edge.TokenScopes;
import dev.dunlin.edge.VerifiedTokens;
import dev.dunlin.edge.revocation.Revocations;
import dev.dunlin.protocol.ErrorCode;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by the same rules as REST: {@code mp.jwt.verify.*}. Remembers who a verified token is for,
 * because clients return with the same token. Each use checks again that the keys are the same, and
 * that the token has not expired and is not revoked.
 */
public final class JwtTokenVerifier implements TokenVerifier {
    private static final Duration KEYS_RETRY = Duration.ofSeconds(1);

    /** About 70 bytes each, beside an identity that the session of the token shares. */
    private static final int MOST_REMEMBERED = 20_000;

    private final JWTParser parser;
    private final TokenKeys keys;
    private final Revocations revocations;
    private final InstantSource clock;
    private final VerifiedTokens<Identity> verified = new VerifiedTokens<>(MOST_REMEMBERED);

    public JwtTokenVerifier(JWTParser parser, TokenKeys keys, Revocations revocations, InstantSource clock) {
        this.parser = parser;
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
    }

    @Override
    public Optional<Identity> remembered(String token) {
        Identity identity = verified.find(token, keys.known());
        if (identity != null) {
            requireCurrent(identity);
        }
        return Optional.ofNullable(identity);
    }

    @Override
    public Identity verify(String token) {
        Object current = keys.current(); // before the parser uses them: they may change meanwhile
        Identity known = verified.find(token, current);
        if (known != null) {
            requireCurrent(known);
            return known;
        }
        Identity identity = parse(token);
        requireCurrent(identity);
        verified.remember(token, identity, current);
        return identity;
    }

    private Identity parse(String token) {
        JsonWebToken parsed;
        try {
            parsed = parser.parse(token);
        } catch (ParseException e) {
            if (causedByIo(e)) {
                throw new RefusedException(
                        ErrorCode.UNAVAILABLE, "the issuer's keys cannot be fetched now", KEYS_RETRY);
            }
            throw new RefusedException(ErrorCode.UNAUTHENTICATED, "the token is not valid or has expired");
        }
        if (TokenScopes.isInternal(parsed)) {
            throw new RefusedException(ErrorCode.FORBIDDEN, "the internal credential is for /internal only");
        }
        return JwtIdentities.of(parsed);
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
