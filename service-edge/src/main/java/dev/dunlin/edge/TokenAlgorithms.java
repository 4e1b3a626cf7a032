package dev.dunlin.edge;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.config.JWTAuthContextInfoProvider;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import java.util.Set;

/**
 * Allows several signature algorithms, because a JWKS may hold keys of several kinds and the JWT
 * library is configured with one algorithm only. The key is found by {@code kid} and must fit the
 * token's {@code alg}, so a key cannot be used as one of another kind (RFC 8725 section 3.1). With
 * a shared secret ({@code smallrye.jwt.verify.secretkey},
 * {@code smallrye.jwt.verify.algorithm=HS256}) only the configured algorithm is allowed.
 */
public final class TokenAlgorithms {
    static final Set<SignatureAlgorithm> OF_A_JWKS =
            Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256, SignatureAlgorithm.EDDSA);

    @Produces
    @Alternative
    @Priority(1)
    @ApplicationScoped
    JWTAuthContextInfo verification(JWTAuthContextInfoProvider configured) {
        JWTAuthContextInfo verification = new JWTAuthContextInfo(configured.getContextInfo());
        if (verification.getSignatureAlgorithm().equals(Set.of(SignatureAlgorithm.RS256))) {
            verification.setSignatureAlgorithm(OF_A_JWKS);
        }
        verification.setRelaxVerificationKeyValidation(false); // refuses keys shorter than RFC 7518 requires
        return verification;
    }
}
