package dev.dunlin.push.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "https://Push.example, https://push.example, 443, /",
        "https://push.example:443/a?b=c, https://push.example, 443, /a?b=c",
        "https://push.example:65535, https://push.example:65535, 65535, /",
        "https://push.example:1/, https://push.example:1, 1, /",
        "http://push.example:8080/a%20b, http://push.example:8080, 8080, /a%20b",
        "https://[2606:4700::1]/x, https://[2606:4700::1], 443, /x"
    })
    void knowsItsOriginPortAndTarget(String url, String origin, int port, String target) {
        Endpoint endpoint = Endpoint.of(url);
        assertThat(endpoint.origin()).isEqualTo(origin);
        assertThat(endpoint.port()).isEqualTo(port);
        assertThat(endpoint.target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "push.example",
                "/relative",
                "ftp://push.example/",
                "file:///etc/passwd",
                "https:///path",
                "https://user:word@push.example/",
                "https://push.example/#fragment",
                "https://push.example/a b",
                "https://push.example/caf\u00e9",
                "https://push.example/\u0000",
                "javascript:alert(1)",
                "https://push.example:0/",
                "https://push.example:65536/",
                "https://push.example:99999999999/"
            })
    void whatIsNoPlainHttpUrlIsRefused(String url) {
        assertThatThrownBy(() -> Endpoint.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be ");
    }

    @Test
    void aUrlWithoutEndIsRefused() {
        assertThatThrownBy(() -> Endpoint.of("https://push.example/" + "a".repeat(2048)))
                .hasMessageContaining("2048");
    }

    @Test
    void theHostOfAnIpv6UrlIsAnAddress() {
        assertThat(Endpoint.of("https://[2606:4700::1]/x").host()).isEqualTo("2606:4700::1");
    }
}
