package dev.dunlin.connection.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenKeys;
import dev.dunlin.edge.revocation.Revocations;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.UserEvent.SessionsEnded;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered of a verified token, and what ends it. The signature is checked elsewhere. */
class JwtTokenVerifierTest {
    private static final Instant ISSUED = Instant.ofEpochSecond(1_000_000);
    private static final Instant EXPIRES = ISSUED.plus(Duration.ofHours(1));

    private Instant now = ISSUED.plusSeconds(10);
    private final Keys keys = new Keys();
    private final List<String> parsed = new ArrayList<>();
    private final Revocations revocations = new Revocations(Duration.ofHours(24), 10, () -> now);
    private final JwtTokenVerifier verifier = new JwtTokenVerifier(
            new DefaultJWTParser(new JWTAuthContextInfo(), new Parsing()), keys, revocations, () -> now);

    private static final class Keys implements TokenKeys {
        private Object current = new Object();
        private boolean stale;

        @Override
        public Object current() {
            return current;
        }

        @Override
        public @Nullable Object known() {
            return stale ? null : current;
        }
    }

    /** Accepts every token; its text is the user. */
    private final class Parsing extends JWTCallerPrincipalFactory {
        @Override
        public JWTCallerPrincipal parse(String token, JWTAuthContextInfo verification) {
            parsed.add(token);
            JwtClaims claims = new JwtClaims();
            claims.setSubject(token);
            claims.setIssuedAt(NumericDate.fromSeconds(ISSUED.getEpochSecond()));
            claims.setExpirationTime(NumericDate.fromSeconds(EXPIRES.getEpochSecond()));
            if (token.equals("service")) {
                claims.setStringClaim("scope", "internal");
            }
            return new DefaultJWTCallerPrincipal("JWT", claims);
        }
    }

    @BeforeEach
    void start() {
        revocations.completed();
    }

    @Test
    void verifiedTokenIsParsedOnce() {
        assertThat(verifier.remembered("alice")).isEmpty();
        assertThat(verifier.verify("alice").user()).isEqualTo(new UserId("alice"));
        assertThat(verifier.verify("alice").user()).isEqualTo(new UserId("alice"));
        assertThat(verifier.remembered("alice")).isPresent();
        assertThat(verifier.remembered("bob")).isEmpty();
        assertThat(parsed).containsExactly("alice");
    }

    @Test
    void rememberedTokenExpires() {
        var unused = verifier.verify("alice");
        now = EXPIRES;
        assertRefused(() -> verifier.remembered("alice"));
        assertRefused(() -> verifier.verify("alice"));
    }

    @Test
    void rememberedTokenIsRevokedAtOnce() {
        var unused = verifier.verify("alice");
        var unusedToo = verifier.verify("bob");
        revocations.add(
                new SessionsEnded(new UserId("alice"), ISSUED.plusSeconds(5).toEpochMilli()));
        assertRefused(() -> verifier.remembered("alice"));
        assertRefused(() -> verifier.verify("alice"));
        assertThat(verifier.remembered("bob")).isPresent();
    }

    @Test
    void otherKeysVerifyAgain() {
        var unused = verifier.verify("alice");
        keys.current = new Object();
        assertThat(verifier.remembered("alice")).isEmpty();
        var unusedToo = verifier.verify("alice");
        assertThat(parsed).containsExactly("alice", "alice");
        assertThat(verifier.remembered("alice")).isPresent();
    }

    @Test
    void nothingIsAnsweredFromMemoryWhileTheKeysAreUnknown() {
        var unused = verifier.verify("alice");
        keys.stale = true;
        assertThat(verifier.remembered("alice")).isEmpty();
        assertThat(verifier.verify("alice").user()).isEqualTo(new UserId("alice"));
        assertThat(parsed).containsExactly("alice");
    }

    @Test
    void serviceTokenIsRefusedEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> verifier.verify("service")).isInstanceOf(RefusedException.class);
            assertThat(verifier.remembered("service")).isEmpty();
        }
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.value().code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
    }
}
