package dev.dunlin.connection.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedOriginsTest {
    private final AllowedOrigins origins = new AllowedOrigins(List.of("https://chat.example.org"));

    @Test
    void pagesOfTheSameOriginAndOfNamedOnesMayUseTheCookie() {
        assertThat(origins.allow("https://dunlin.example.org", "dunlin.example.org", null))
                .isTrue();
        assertThat(origins.allow("http://localhost:8080", "LOCALHOST:8080", null))
                .isTrue();
        assertThat(origins.allow("https://Chat.example.org", "dunlin.example.org", "same-site"))
                .isTrue();
        assertThat(origins.allow(null, "dunlin.example.org", "same-origin")).isTrue();
    }

    @Test
    void otherPagesMayNot() {
        for (String origin : List.of(
                "https://evil.example.org",
                "https://chat.example.org.evil.org",
                "https://chat.example.org:8443",
                "http://chat.example.org",
                "null",
                "")) {
            assertThat(origins.allow(origin, "dunlin.example.org", "same-origin"))
                    .as(origin)
                    .isFalse();
        }
        assertThat(origins.allow(null, "dunlin.example.org", null)).isFalse();
        assertThat(origins.allow(null, "dunlin.example.org", "cross-site")).isFalse();
    }

    @Test
    void whatIsNoOriginStopsTheStart() {
        for (String wrong : List.of("*", "chat.example.org", "https://chat.example.org/", "https://")) {
            assertThatThrownBy(() -> new AllowedOrigins(List.of(wrong)))
                    .as(wrong)
                    .hasMessageContaining("dunlin.handshake.origins");
        }
    }
}
