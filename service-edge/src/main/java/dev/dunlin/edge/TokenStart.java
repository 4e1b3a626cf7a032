package dev.dunlin.edge;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Stops the start if the configuration accepts tokens of any issuer or audience by accident, or has
 * a secret that is too short.
 */
final class TokenStart {
    /** RFC 7518, section 3.2. */
    private static final int LEAST_SECRET_BITS = 256;

    void check(
            @Observes @Priority(1) StartupEvent event,
            TokenSettings settings,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<String> audiences,
            JWTAuthContextInfo verification) {
        check(settings, issuer, audiences, verification.getSecretVerificationKey());
    }

    static void check(
            TokenSettings settings, Optional<String> issuer, Optional<String> audiences, @Nullable SecretKey secret) {
        if (issuer.isEmpty() && !settings.anyIssuer()) {
            throw new IllegalStateException(
                    "mp.jwt.verify.issuer: must be the iss of your tokens (dunlin.token.any-issuer=true accepts every iss)");
        }
        if (audiences.isEmpty() && !settings.anyAudience()) {
            throw new IllegalStateException(
                    "mp.jwt.verify.audiences: must be the aud of your tokens (dunlin.token.any-audience=true accepts every aud)");
        }
        positive("dunlin.token.max-life", settings.maxLife().isPositive());
        positive("dunlin.token.max-internal-life", settings.maxInternalLife().isPositive());
        positive("dunlin.token.max-revocations", settings.maxRevocations() > 0);
        if (secret != null && secret.getEncoded().length * Byte.SIZE < LEAST_SECRET_BITS) {
            throw new IllegalStateException("smallrye.jwt.verify.secretkey: has "
                    + secret.getEncoded().length * Byte.SIZE + " bits, HS256 needs " + LEAST_SECRET_BITS + " or more");
        }
    }

    private static void positive(String key, boolean positive) {
        if (!positive) {
            throw new IllegalStateException(key + ": must be more than 0");
        }
    }
}
