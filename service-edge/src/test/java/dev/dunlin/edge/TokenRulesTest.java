package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenRulesTest {
    private static final long NOW = 1_800_000_000L;
    private static final int SKEW = 30;
    private final TokenRules rules =
            new TokenRules(Duration.ofHours(24), Duration.ofHours(744), () -> Instant.ofEpochSecond(NOW));

    @Test
    void typeIsAJwtOfAnyCaseOrAbsent() {
        for (String type : List.of("JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "application/JWT")) {
            assertThatCode(() -> check(type, NOW, NOW + 60, "")).as(type).doesNotThrowAnyException();
        }
        assertThatCode(() -> check(null, NOW, NOW + 60, "")).doesNotThrowAnyException();
        for (String type : List.of("", "JOSE", "id+jwt", "dpop+jwt", "logout+jwt", "text/jwt", "jwt ")) {
            assertThatThrownBy(() -> check(type, NOW, NOW + 60, "")).as(type).isInstanceOf(ParseException.class);
        }
    }

    @Test
    void lifeIsBounded() {
        assertThatCode(() -> check("JWT", NOW, NOW + 86_400, "server")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("JWT", NOW, NOW + 86_401, "server")).hasMessageContaining("86400");
        assertThatThrownBy(() -> check("JWT", NOW - 86_400, NOW + 1, "")).hasMessageContaining("exp");
        assertThatCode(() -> check("JWT", NOW, NOW + 744 * 3600, "internal")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("JWT", NOW, NOW + 744 * 3600 + 1, "internal"))
                .isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> check("JWT", NOW, Long.MAX_VALUE, "")).isInstanceOf(ParseException.class);
    }

    @Test
    void timeOfIssueIsRequiredAndNotInTheFuture() {
        assertThatThrownBy(() -> rules.check("JWT", claims(null, NOW + 60), SKEW))
                .hasMessageContaining("iat");
        assertThatCode(() -> check("JWT", NOW + SKEW, NOW + 60, "")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("JWT", NOW + SKEW + 1, NOW + 60, "")).hasMessageContaining("future");
        JwtClaims word = claims(NOW, NOW + 60);
        word.setClaim("iat", "yesterday");
        assertThatThrownBy(() -> rules.check("JWT", word, SKEW)).isInstanceOf(ParseException.class);
    }

    @Test
    void refusalSaysNothingOfTheToken() {
        assertThatThrownBy(() -> check("secret+jwt", NOW, NOW + 60, ""))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }

    private void check(@Nullable String type, long issued, long expires, String scope) throws ParseException {
        JwtClaims claims = claims(issued, expires);
        claims.setStringClaim("scope", scope);
        rules.check(type, claims, SKEW);
    }

    private static JwtClaims claims(@Nullable Long issued, long expires) {
        JwtClaims claims = new JwtClaims();
        if (issued != null) {
            claims.setIssuedAt(NumericDate.fromSeconds(issued));
        }
        claims.setExpirationTime(NumericDate.fromSeconds(expires));
        return claims;
    }
}
