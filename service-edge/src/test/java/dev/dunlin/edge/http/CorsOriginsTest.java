package dev.dunlin.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.edge.http.CorsOrigins.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsOriginsTest {
    @Test
    void originThatIsNamedInFullMaySendCookies() {
        CorsOrigins origins = CorsOrigins.of(List.of("https://Chat.example.org", "http://[::1]:3000"));
        assertThat(origins.of("https://chat.example.org")).isEqualTo(Verdict.NAMED);
        assertThat(origins.of("http://[::1]:3000")).isEqualTo(Verdict.NAMED);
        assertThat(origins.of("http://chat.example.org")).isEqualTo(Verdict.REFUSED);
        assertThat(origins.of("https://chat.example.org:8443")).isEqualTo(Verdict.REFUSED);
        assertThat(origins.of("https://chat.example.org.evil.example")).isEqualTo(Verdict.REFUSED);
        assertThat(origins.of("null")).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void anyPortOfAHostAndAnybodyComeWithoutCookies() {
        CorsOrigins local = CorsOrigins.of(List.of("http://localhost:*"));
        assertThat(local.of("http://localhost:5173")).isEqualTo(Verdict.WITHOUT_CREDENTIALS);
        assertThat(local.of("http://localhost")).isEqualTo(Verdict.WITHOUT_CREDENTIALS);
        assertThat(local.of("https://localhost:5173")).isEqualTo(Verdict.REFUSED);
        assertThat(local.of("http://localhost.evil.example:80")).isEqualTo(Verdict.REFUSED);
        assertThat(local.of("http://localhost:80.evil.example")).isEqualTo(Verdict.REFUSED);
        CorsOrigins all = CorsOrigins.of(List.of("*", "https://chat.example.org"));
        assertThat(all.of("null")).isEqualTo(Verdict.WITHOUT_CREDENTIALS);
        assertThat(all.of("https://chat.example.org")).isEqualTo(Verdict.NAMED);
    }

    @Test
    void nothingIsOff() {
        assertThat(CorsOrigins.of(List.of()).isEmpty()).isTrue();
        assertThat(CorsOrigins.of(List.of("*")).isEmpty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"chat.example.org", "https://chat.example.org/", "https://*.example.org", "ftp://a", "null", ""})
    void whatIsNoOriginIsNamed(String wrong) {
        assertThatThrownBy(() -> CorsOrigins.of(List.of(wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dunlin.cors.origins: '" + wrong + "' must be");
    }
}
