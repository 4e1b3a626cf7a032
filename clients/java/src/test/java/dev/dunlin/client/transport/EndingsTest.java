package dev.dunlin.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.client.rest.HttpRefused;
import java.net.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndingsTest {
    /** Else a client that fell back would ask an origin without REST for ever. */
    @ParameterizedTest
    @ValueSource(ints = {404, 405, 406, 501})
    void aTransportIsLeftWhereRestIsNotThere(int status) {
        assertThat(ofRest(status).against(0)).isEqualTo(2);
    }

    @Test
    void aRestCallThatFailsSaysNothingOfTheTransport() {
        assertThat(ofRest(500).against(0)).isZero();
    }

    private static Ending ofRest(int status) {
        HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
        return Endings.of(HttpRefused.of(status, new byte[0], none, "/v1/channels"), Endings.Request.REST);
    }
}
