package dev.dunlin.edge;

import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a token that the JWT library does not check; it checks the signature, {@code iss},
 * {@code aud} and {@code exp}. Thread-safe.
 *
 * <ul>
 *   <li>The header {@code typ} is absent, {@code JWT} or {@code at+jwt}. So a JWT that the same
 *       keys sign for another purpose is refused (RFC 8725 section 3.11, RFC 9068 section 4). Many
 *       issuers write no {@code typ}, which RFC 7519 allows; the audience still excludes other
 *       JWTs.
 *   <li>{@code iat} is present and not in the future.
 *   <li>The life of a token is bounded, because a revocation is kept as long as the longest token.
 * </ul>
 *
 * @param maxLife for users and back ends
 * @param maxInternalLife for service tokens
 */
record TokenRules(Duration maxLife, Duration maxInternalLife, InstantSource clock) {
    /** Without {@code application/}, as RFC 7515 section 4.1.9 recommends. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt");

    private static final String MEDIA_TYPE_PREFIX = "application/";

    /** Throws if the verified token breaks a rule. The message quotes nothing of the token. */
    void check(@Nullable String type, JwtClaims claims, int skewSeconds) throws ParseException {
        if (type != null && !TYPES.contains(bare(type))) {
            throw new ParseException("typ: must be JWT or at+jwt");
        }
        try {
            NumericDate issued = claims.getIssuedAt();
            NumericDate expires = claims.getExpirationTime();
            if (issued == null || expires == null) {
                throw new ParseException("iat, exp: are required");
            }
            if (issued.getValue() > clock.instant().getEpochSecond() + skewSeconds) {
                throw new ParseException("iat: is in the future");
            }
            boolean internal =
                    TokenScopes.parse(claims.getClaimValue(TokenScopes.CLAIM)).contains(TokenScopes.INTERNAL);
            long longest = (internal ? maxInternalLife : maxLife).toSeconds();
            // exp is not in the past, so this cannot overflow; exp - iat could.
            if (expires.getValue() - longest > issued.getValue()) {
                throw new ParseException("exp: must be at most " + longest + " s after iat");
            }
        } catch (MalformedClaimException e) {
            throw new ParseException("iat, exp: must be numbers", e);
        }
    }

    private static String bare(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith(MEDIA_TYPE_PREFIX) ? lower.substring(MEDIA_TYPE_PREFIX.length()) : lower;
    }
}
