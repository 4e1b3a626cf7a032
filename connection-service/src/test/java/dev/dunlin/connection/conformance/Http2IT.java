package dev.dunlin.connection.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.peer.PackagedNode;
import dev.dunlin.connection.peer.SharedNode;
import dev.dunlin.engines.testing.BesideQuarkus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * h2spec on the packaged node. It cannot speak TLS 1.3, which is all that the node takes, so HTTP/2
 * without TLS is switched on there.
 */
@BesideQuarkus
@ExtendWith(SharedNode.class)
class Http2IT {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final PackagedNode node;

    Http2IT(PackagedNode node) {
        this.node = node;
    }

    /**
     * A stream that is closed, or whose number is too low, ends the connection with the right
     * GOAWAY; what had been answered before comes first, and h2spec wants nothing to.
     */
    private static final Set<String> DEVIATIONS = Set.of(
            "half closed (remote): Sends a HEADERS frame",
            "closed: Sends a HEADERS frame",
            "Sends stream identifier that is numerically smaller than previous");

    @Test
    void everyCasePassesExceptWhereAReasonIsWrittenDown() throws Exception {
        List<H2Spec.Verdict> verdicts = H2Spec.run(node.port(), "/v1/poll", false, WITHIN);
        assertThat(verdicts).hasSizeGreaterThan(140);
        assertThat(verdicts)
                .filteredOn(verdict -> !DEVIATIONS.contains(verdict.title()))
                .allSatisfy(verdict -> assertThat(verdict.found()).isEmpty());
    }

    @Test
    void managementIsNeitherOnThePublicPortNorBehindItsTls() {
        assertThat(node.manage("/q/health/live").statusCode()).isEqualTo(200);
        for (String path : List.of("/q/health/live", "/q/metrics", "/q/openapi", "/internal/anything")) {
            assertThat(node.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }
}
