package dev.dunlin.connection.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.engines.testing.EnginesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Autobahn's cases of RFC 6455 on the pipeline of {@code /v1/ws}, behind which an echo stands: the
 * suite judges what comes back. Not asked: compression (12 and 13), of which there is none; the
 * sizes and speeds of 9 beyond a megabyte, which measure the suite's Python more than the server;
 * 10.1.1, on which the suite itself can hang.
 */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
@SuppressWarnings("NullAway.Init") // fields are injected before any method runs
class AutobahnIT {
    private static final Duration WITHIN = Duration.ofMinutes(4);
    private static final List<String> CASES =
            List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "9.1.1", "9.1.2", "9.1.3");
    private static final int COUNT = 249;

    /**
     * Frames of Dunlin are text: a binary message closes the link with 1003, where Autobahn waits
     * for its echo.
     */
    private static final String BINARY = "1.2.";

    /**
     * These send text that is not UTF-8 in the middle of a frame, and would see it refused before
     * the frame's end; it is refused at the end.
     */
    private static final List<String> LATER_THAN_POSSIBLE = List.of("6.4.3", "6.4.4");

    @TestHTTPResource("/echo")
    URI echo;

    @Test
    void everyCasePassesExceptWhereAReasonIsWrittenDown() throws Exception {
        URI server = URI.create("ws://" + echo.getAuthority() + "/echo");
        List<FuzzingClient.Verdict> verdicts = FuzzingClient.run(server, CASES, WITHIN);
        assertThat(verdicts).hasSize(COUNT);
        assertThat(verdicts).allSatisfy(verdict -> {
            if (verdict.id().startsWith(BINARY)) {
                assertThat(verdict.closeCode()).isEqualTo(1003);
            } else if (LATER_THAN_POSSIBLE.contains(verdict.id())) {
                assertThat(verdict.behavior()).isIn("OK", "NON-STRICT");
                assertThat(verdict.behaviorClose()).isEqualTo("OK");
            } else {
                assertThat(verdict.good()).as("%s", verdict).isTrue();
            }
        });
    }
}
