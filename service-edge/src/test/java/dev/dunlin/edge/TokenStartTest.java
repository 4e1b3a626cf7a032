package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenStartTest {
    private static final Optional<String> SET = Optional.of("https://id.example.com");
    private static final Optional<String> UNSET = Optional.empty();

    @Test
    void issuerAndAudienceAreRequiredUnlessWaived() {
        assertThatCode(() -> check(Map.of(), SET, SET, null)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(Map.of(), UNSET, SET, null))
                .hasMessageContainingAll("mp.jwt.verify.issuer", "dunlin.token.any-issuer");
        assertThatThrownBy(() -> check(Map.of("dunlin.token.any-issuer", "true"), UNSET, UNSET, null))
                .hasMessageContainingAll("mp.jwt.verify.audiences", "dunlin.token.any-audience");
        assertThatCode(() -> check(
                        Map.of("dunlin.token.any-issuer", "true", "dunlin.token.any-audience", "true"),
                        UNSET,
                        UNSET,
                        null))
                .doesNotThrowAnyException();
    }

    @Test
    void secretThatIsTooShortIsRefused() {
        assertThatCode(() -> check(Map.of(), SET, SET, secret(32))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(Map.of(), SET, SET, secret(31)))
                .hasMessageContainingAll("smallrye.jwt.verify.secretkey", "248", "256");
    }

    @Test
    void lifeMustBePositive() {
        assertThatThrownBy(() -> check(Map.of("dunlin.token.max-life", "0s"), SET, SET, null))
                .hasMessageContaining("dunlin.token.max-life");
    }

    private static SecretKey secret(int bytes) {
        return new SecretKeySpec(new byte[bytes], "HmacSHA256");
    }

    private static void check(
            Map<String, String> settings,
            Optional<String> issuer,
            Optional<String> audiences,
            @Nullable SecretKey secret) {
        TokenSettings read = new SmallRyeConfigBuilder()
                .withMapping(TokenSettings.class)
                .addDiscoveredConverters()
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(TokenSettings.class);
        TokenStart.check(read, issuer, audiences, secret);
    }
}
