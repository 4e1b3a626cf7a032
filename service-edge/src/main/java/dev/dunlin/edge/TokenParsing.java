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
import java.util.Set;
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
 * {@link TokenRules} and {@link Revocations} on top. Remembers the last verified tokens, because a
 * back end and a service show the same one with each request. Thread-safe; blocks while it fetches
 * keys.
 */
final class TokenParsing extends JWTCallerPrincipalFactory implements TokenKeys {
    /** About 2 KiB each. */
    private static final int MOST_REMEMBERED = 256;

    private final Parser parser;
    private final TokenRules rules;
    private final Revocations revocations;
    private final VerifiedTokens<JWTCallerPrincipal> verified = new VerifiedTokens<>(MOST_REMEMBERED);
    /** The settings of the remembered tokens. They are the same for all requests. */
    private volatile @Nullable JWTAuthContextInfo settings;

    TokenParsing(LongSupplier nanos, TokenRules rules, Revocations revocations) {
        this.parser = new Parser(nanos);
        this.rules = rules;
        this.revocations = revocations;
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo verification) throws ParseException {
        if (settings == null) {
            settings = verification;
        }
        Object keys = settings == verification ? current() : null;
        JWTCallerPrincipal known = verified.find(token, keys);
        if (known != null && isInTime(known, verification)) {
            requireNotRevoked(TokenScopes.of(known), known.getSubject(), known.getIssuedAtTime());
            return known;
        }
        JWTCallerPrincipal principal = verify(token, verification);
        verified.remember(token, principal, keys);
        return principal;
    }

    private boolean isInTime(JWTCallerPrincipal token, JWTAuthContextInfo verification) {
        return token.getExpirationTime() + verification.getClockSkew()
                > rules.clock().instant().getEpochSecond();
    }

    @Override
    public @Nullable Object current() {
        TokenKeys keys = parser.keys;
        return keys == null ? null : keys.current();
    }

    @Override
    public @Nullable Object known() {
        TokenKeys keys = parser.keys;
        return keys == null ? null : keys.known();
    }

    private JWTCallerPrincipal verify(String token, JWTAuthContextInfo verification) throws ParseException {
        JwtContext parsed = parser.parse(token, verification);
        JwtClaims claims = parsed.getJwtClaims();
        String type = parsed.getJoseObjects().getFirst().getHeader("typ");
        rules.check(type, claims, verification.getClockSkew());
        Set<String> scopes = TokenScopes.parse(claims.getClaimValue(TokenScopes.CLAIM));
        try {
            requireNotRevoked(scopes, claims.getSubject(), claims.getIssuedAt().getValue());
        } catch (MalformedClaimException e) {
            throw new ParseException("sub: must be a string", e);
        }
        // Roles are the scopes. The claim "groups" of the issuer is ignored.
        claims.setStringListClaim(Claims.groups.name(), List.copyOf(scopes));
        return new DefaultJWTCallerPrincipal(type, claims);
    }

    /**
     * Service tokens are exempt: operators replace them, and they belong to no user whose sessions
     * can end.
     */
    private void requireNotRevoked(Set<String> scopes, @Nullable String user, long issuedAt) throws ParseException {
        if (scopes.contains(TokenScopes.INTERNAL)) {
            return;
        }
        if (!revocations.complete()) {
            throw new RefusedException(
                    ErrorCode.UNAVAILABLE, "it is not known yet which tokens were ended", Duration.ofSeconds(1));
        }
        if (revocations.revoked(user, issuedAt)) {
            throw new ParseException("the sessions of its user were ended since");
        }
    }

    private static final class Parser extends DefaultJWTTokenParser {
        private final LongSupplier nanos;
        private volatile @Nullable VerificationKeyResolver resolver;
        /**
         * Null until the first token. Stays null for a secret, whose tokens are cheap to verify.
         */
        private volatile @Nullable TokenKeys keys;

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
            VerificationKeyResolver found = resolver;
            if (found == null) {
                synchronized (this) {
                    found = resolver;
                    if (found == null) {
                        found = keysAt(location, verification);
                        resolver = found;
                        keys = found instanceof TokenKeys changing ? changing : null;
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
            Optional<JwksFile> file = JwksFile.at(location, verification, nanos);
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

        @Produces
        @Singleton
        TokenKeys keys(JWTCallerPrincipalFactory parsing) {
            if (parsing instanceof TokenParsing own) {
                return own;
            }
            throw new IllegalStateException("another extension has replaced the parsing of tokens");
        }
    }
}
