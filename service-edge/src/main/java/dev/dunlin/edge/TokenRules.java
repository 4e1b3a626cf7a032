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
 * What a token must be beside its signature, {@code iss}, {@code aud} and {@code exp}, which the JWT library checks. Thread-safe.
 *
 * <p>Its header {@code typ}, if there is one, is {@code JWT} or {@code at+jwt}, so that a JWT of the same keys for another purpose is none (RFC 8725, section 3.11; RFC 9068, section
 * 4). It may be absent: RFC 7519 leaves it to the issuer, and common ones write none; such a JWT is still kept out by its audience. It has an {@code iat} that is not in the future,
 * and its life is bounded, for a revocation has to be kept as long as the longest token lives.
 *
 * @param maxLife         of users and back ends
 * @param maxInternalLife of the token that services show each other
 */
record TokenRules(Duration maxLife, Duration maxInternalLife, InstantSource clock) {
    /** As RFC 7515, section 4.1.9 says, without the {@code application/}. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt");

    private static final String MEDIA_TYPE_PREFIX = "application/";

    /** Throws if the verified token breaks a rule; the message has nothing of the token itself. */
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
            // By subtraction from what is near now: exp may be any number.
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
