package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.BesideQuarkus;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JWKS over HTTP whose keys change, and a clock that moves by hand. */
@BesideQuarkus
class RotatingKeysIT {
    private final Issuer issuer = new Issuer();
    private final AtomicLong nanos = new AtomicLong();
    private final TokenParsing parsing = TestParsing.with(nanos::get);
    private final JWTAuthContextInfo verification = verification(issuer.url());

    @AfterEach
    void close() {
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void tokenOfEveryKindOfKeyCounts(String algorithm) {
        issuer.newKey("RS256");
        issuer.newKey("ES256");
        assertThat(counts(Issuer.token(issuer.newKey(algorithm), 5))).isTrue();
    }

    @Test
    void publicKeyIsNoSharedSecret() {
        PublicJsonWebKey key = issuer.newKey("RS256");
        var secret = new SecretKeySpec(key.getPublicKey().getEncoded(), "HmacSHA256");
        assertThat(counts(Issuer.token("HS256", key.getKeyId(), secret, 5))).isFalse();
    }

    @Test
    void keyIsNotTakenForOneOfAnotherKind() {
        PublicJsonWebKey published = issuer.newKey("RS256");
        PublicJsonWebKey own = Issuer.keyOf("ES256");
        assertThat(counts(Issuer.token("ES256", published.getKeyId(), own.getPrivateKey(), 5)))
                .isFalse();
    }

    @Test
    void keysAreFetchedOnceForManyTokens() {
        String token = Issuer.token(issuer.newKey("ES256"), 5);
        for (int i = 0; i < 20; i++) {
            assertThat(counts(token)).isTrue();
        }
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void keyThatAppearsLaterCountsAtOnce() {
        assertThat(counts(Issuer.token(issuer.newKey("ES256"), 5))).isTrue();
        assertThat(counts(Issuer.token(issuer.newKey("ES256"), 5))).isTrue();
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void notEveryTokenOfAnUnknownKeyCostsAFetch() {
        assertThat(counts(Issuer.token(issuer.newKey("ES256"), 5))).isTrue();
        for (int i = 0; i < 50; i++) {
            assertThat(counts(Issuer.token(Issuer.keyOf("ES256"), 5))).isFalse();
        }
        assertThat(issuer.fetches()).isEqualTo(2);
        String late = Issuer.token(issuer.newKey("ES256"), 5);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(counts(late)).isTrue();
        assertThat(issuer.fetches()).isEqualTo(3);
    }

    @Test
    void withdrawnKeyStopsWorkingWhenTheJwksMayNotBeKeptAnyLonger() {
        issuer.cacheControl("max-age=1");
        PublicJsonWebKey leaked = issuer.newKey("ES256");
        String token = Issuer.token(leaked, 5);
        issuer.newKey("ES256");
        assertThat(counts(token)).isTrue();
        issuer.withdraw(leaked);
        Awaitility.await().until(() -> !counts(token));
    }

    @Test
    void keysStayGoodWhileTheIssuerIsAway() {
        issuer.cacheControl("max-age=1");
        PublicJsonWebKey key = issuer.newKey("ES256");
        assertThat(counts(Issuer.token(key, 5))).isTrue();
        issuer.away(true);
        int before = issuer.fetches();
        Awaitility.await().until(() -> {
            assertThat(counts(Issuer.token(key, 5))).isTrue();
            return issuer.fetches() > before;
        });
    }

    @Test
    void clocksMayDifferALittle() {
        PublicJsonWebKey key = issuer.newKey("ES256");
        assertThat(counts(Issuer.token(key, -0.2f))).isTrue();
        assertThat(counts(Issuer.token(key, -2))).isFalse();
    }

    @Test
    void sharedSecretNeedsNoJwks() {
        SecretKeySpec secret =
                new SecretKeySpec("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
        JWTAuthContextInfo shared = new JWTAuthContextInfo();
        shared.setSecretVerificationKey(secret);
        shared.setSignatureAlgorithm(Set.of(SignatureAlgorithm.HS256));
        shared.setMaxTimeToLiveSecs(-1L);
        assertThat(counts(Issuer.token("HS256", "any", secret, 5), shared)).isTrue();
        assertThat(counts(Issuer.token(issuer.newKey("ES256"), 5), shared)).isFalse();
        assertThat(issuer.fetches()).isZero();
    }

    private boolean counts(String token) {
        return counts(token, verification);
    }

    private boolean counts(String token, JWTAuthContextInfo by) {
        try {
            return parsing.parse(token, by).getSubject().equals("alice");
        } catch (ParseException e) {
            return false;
        }
    }

    private static JWTAuthContextInfo verification(String jwks) {
        JWTAuthContextInfo verification = new JWTAuthContextInfo();
        verification.setPublicKeyLocation(jwks);
        verification.setSignatureAlgorithm(TokenAlgorithms.OF_A_JWKS);
        verification.setClockSkew(30);
        verification.setMaxTimeToLiveSecs(-1L);
        verification.setJwksRefreshInterval(10);
        verification.setJwksRetainCacheOnErrorDuration(60);
        return verification;
    }
}
