package dev.dunlin.edge;

import dev.dunlin.edge.config.TokenClock;
import dev.dunlin.edge.revocation.Revocations;
import dev.dunlin.protocol.ErrorCode;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.jwt.Claims;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * The JWT library's parsing, with {@link RotatingKeys} for a JWKS, and with {@link TokenScopes},
 * {@link TokenRules} and {@link Revocations} on top. Thread-safe; blocks while it fetches keys.
 */
final class TokenParsing extends JWTCallerPrincipalFactory {
    private final Parser parser;
    private final TokenRules rules;
    private final Revocations revocations;

    TokenParsing(LongSupplier nanos, TokenRules rules, Revocations revocations) {
        this.parser = new Parser(nanos);
        this.rules = rules;
        this.revocations = revocations;
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo verification) throws ParseException {
        JwtContext parsed = parser.parse(token, verification);
        JwtClaims claims = parsed.getJwtClaims();
        String type = parsed.getJoseObjects().getFirst().getHeader("typ");
        rules.check(type, claims, verification.getClockSkew());
        requireNotRevoked(claims);
        // Roles are the scopes. The claim "groups" of the issuer is ignored.
        claims.setStringListClaim(
                Claims.groups.name(), List.copyOf(TokenScopes.parse(claims.getClaimValue(TokenScopes.CLAIM))));
        return new DefaultJWTCallerPrincipal(type, claims);
    }

    /**
     * Service tokens are exempt: operators replace them, and they belong to no user whose sessions
     * can end.
     */
    private void requireNotRevoked(JwtClaims claims) throws ParseException {
        if (TokenScopes.parse(claims.getClaimValue(TokenScopes.CLAIM)).contains(TokenScopes.INTERNAL)) {
            return;
        }
        if (!revocations.complete()) {
            throw new RefusedException(
                    ErrorCode.UNAVAILABLE, "it is not known yet which tokens were ended", Duration.ofSeconds(1));
        }
        try {
            if (revocations.revoked(claims.getSubject(), claims.getIssuedAt().getValue())) {
                throw new ParseException("the sessions of its user were ended since");
            }
        } catch (MalformedClaimException e) {
            throw new ParseException("sub: must be a string", e);
        }
    }

    private static final class Parser extends DefaultJWTTokenParser {
        private final LongSupplier nanos;
        private volatile @Nullable VerificationKeyResolver keys;

        Parser(LongSupplier nanos) {
            this.nanos = nanos;
        }

        @Override
        protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo verification)
                throws UnresolvableKeyException {
            String location = verification.getPublicKeyLocation();
            if (location == null) {
                return super.getVerificationKeyResolver(verification);
            }
            VerificationKeyResolver found = keys;
            if (found == null) {
                synchronized (this) {
                    found = keys;
                    if (found == null) {
                        found = keysAt(location, verification);
                        keys = found;
                    }
                }
            }
            return found;
        }

        private VerificationKeyResolver keysAt(String location, JWTAuthContextInfo verification)
                throws UnresolvableKeyException {
            if (location.startsWith("http")) {
                return new RotatingKeys(verification, nanos);
            }
            Optional<VerificationKeyResolver> file = JwksFile.at(location, verification, nanos);
            return file.isPresent() ? file.get() : super.getVerificationKeyResolver(verification);
        }
    }

    /** Replaces the factory of the library in every service. */
    static final class Beans {
        @Produces
        @Alternative
        @Priority(1)
        @Singleton
        JWTCallerPrincipalFactory parsing(TokenSettings settings, TokenClock clock, Revocations revocations) {
            return new TokenParsing(
                    System::nanoTime,
                    new TokenRules(settings.maxLife(), settings.maxInternalLife(), clock.source()),
                    revocations);
        }
    }
}
