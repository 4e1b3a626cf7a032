package dev.dunlin.engines.tokens;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Mints JWTs. Thread-safe. */
public final class TokenIssuer {
    /** The claim {@code iss} of every token of the local stack. */
    public static final String ISSUER = "dunlin-local-stack";

    /** The claim {@code aud} of every token of the local stack. */
    public static final String AUDIENCE = "dunlin";

    private final SigningKey key;
    private final Clock clock;

    public TokenIssuer(SigningKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** A signed token and when it ends. */
    public record Token(String value, Instant expiresAt) {}

    public Token issue(TokenRequest request) {
        Instant now = clock.instant();
        Instant expiresAt = now.plus(request.lifetime());
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(request.subject());
        claims.setIssuedAt(date(request.lifetime().isNegative() ? expiresAt.minusSeconds(60) : now));
        claims.setExpirationTime(date(expiresAt));
        claims.setGeneratedJwtId();
        if (!request.scopes().isEmpty()) {
            claims.setStringClaim("scope", String.join(" ", request.scopes()).toLowerCase(Locale.ROOT));
        }
        if (!request.channels().isEmpty()) {
            claims.setClaim("channels", request.channels());
        }
        return new Token(sign("JWT", claims.toJson()), expiresAt);
    }

    /** Signs any claims, right or wrong; without a header {@code typ} if that is empty. */
    public String sign(String type, String claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims);
        signature.setAlgorithmHeaderValue(key.key().getAlgorithm());
        signature.setKey(key.key().getPrivateKey());
        signature.setKeyIdHeaderValue(key.key().getKeyId());
        if (!type.isEmpty()) {
            signature.setHeader("typ", type);
        }
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NumericDate date(Instant instant) {
        return NumericDate.fromSeconds(instant.getEpochSecond());
    }
}
