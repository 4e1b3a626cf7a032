package dev.dunlin.connection.link.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.handshake.Credentials;
import org.junit.jupiter.api.Test;

class HandshakeCredentialsTest {
    @Test
    void headerComesBeforeSubprotocolBeforeTicket() {
        assertThat(HandshakeCredentials.of("Bearer a", "dunlin.v1, bearer.b", "c"))
                .isEqualTo(new Credentials.Token("a"));
        assertThat(HandshakeCredentials.of(null, "dunlin.v1, bearer.b", "c")).isEqualTo(new Credentials.Token("b"));
        assertThat(HandshakeCredentials.of(null, "dunlin.v1", "c")).isEqualTo(new Credentials.Ticket("c"));
        assertThat(HandshakeCredentials.of("Basic x", null, null)).isEqualTo(new Credentials.None());
    }

    @Test
    void credentialsKeepTheirTextToThemselves() {
        assertThat(new Credentials.Token("secret")).asString().doesNotContain("secret");
        assertThat(new Credentials.Ticket("secret")).asString().doesNotContain("secret");
    }
}
