package dev.dunlin.connection.handshake.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.handshake.Credentials;
import dev.dunlin.connection.handshake.http.RequestCredentials.Shown;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestCredentialsTest {
    @Test
    void headerComesBeforeSubprotocolBeforeCookieBeforeTicketBeforeAddress() {
        assertThat(RequestCredentials.of(new Shown("Bearer a", List.of("dunlin.v1", "bearer.b"), "c", true, "d", "e")))
                .isEqualTo(new Credentials.Token("a"));
        assertThat(RequestCredentials.of(new Shown(null, List.of("dunlin.v1", "bearer.b"), "c", true, "d", "e")))
                .isEqualTo(new Credentials.Token("b"));
        assertThat(RequestCredentials.of(new Shown(null, List.of("dunlin.v1"), "c", true, "d", "e")))
                .isEqualTo(new Credentials.Token("c"));
        assertThat(RequestCredentials.of(new Shown(null, List.of("dunlin.v1"), null, true, "d", "e")))
                .isEqualTo(new Credentials.Ticket("d"));
        assertThat(RequestCredentials.of(new Shown(null, List.of("dunlin.v1"), null, true, null, "e")))
                .isEqualTo(new Credentials.Token("e"));
        assertThat(RequestCredentials.of(new Shown("Basic x", List.of(), null, true, null, null)))
                .isEqualTo(new Credentials.None());
    }

    @Test
    void cookieThatAnotherSiteSendsIsNone() {
        assertThat(RequestCredentials.of(new Shown(null, List.of(), "c", false, null, null)))
                .isEqualTo(new Credentials.ForeignCookie());
        assertThat(RequestCredentials.of(new Shown(null, List.of(), "c", false, "d", null)))
                .isEqualTo(new Credentials.Ticket("d"));
    }

    @Test
    void credentialsKeepTheirTextToThemselves() {
        assertThat(new Credentials.Token("secret")).asString().doesNotContain("secret");
        assertThat(new Credentials.Ticket("secret")).asString().doesNotContain("secret");
    }
}
