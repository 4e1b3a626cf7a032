package dev.dunlin.connection.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.peer.PackagedNode;
import dev.dunlin.connection.peer.SharedNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** h2spec on the packaged node. */
@ExtendWith(SharedNode.class)
class Http2IT {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final PackagedNode node;

    Http2IT(PackagedNode node) {
        this.node = node;
    }

    @ParameterizedTest(name = "over TLS: {0}")
    @ValueSource(booleans = {false, true})
    void everyCasePasses(boolean tls) throws Exception {
        List<H2Spec.Verdict> verdicts = H2Spec.run(tls ? node.tlsPort() : node.port(), "/q/health/live", tls, WITHIN);
        verdicts.stream().filter(verdict -> !verdict.found().isEmpty()).forEach(System.out::println);
        assertThat(verdicts).hasSizeGreaterThan(140);
    }
}
