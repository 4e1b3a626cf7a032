package dev.dunlin.benchmark.link;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.CpuTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.SocketFactory;

/** Measures connection-1's CPU for a WebSocket over TLS, and for one without. Blocks. */
record TlsHandshakes(BenchmarkSuite suite, TlsPort tls) {
    private static final Duration SETTLE = Duration.ofSeconds(8);
    private static final int A_ROUND = 1_000;
    private static final int WARM_ROUNDS = 2;

    LinkFigures.Handshakes measure() throws IOException, InterruptedException {
        return new LinkFigures.Handshakes(
                micros(tls::links), micros(() -> new SocketLinks(suite.node(1), SocketFactory.getDefault())));
    }

    /** Links are opened and subscribed one after the other; two rounds before warm up. */
    private double micros(Supplier<SocketLinks> links) throws IOException, InterruptedException {
        List<String> tokens = suite.tokens("listener-", A_ROUND);
        double micros = 0;
        for (int round = 0; round < WARM_ROUNDS + 1; round++) {
            try (SocketLinks open = links.get()) {
                Map<String, Long> node = Map.of(LinkMemory.NODE, suite.pids().getOrDefault(LinkMemory.NODE, 0L));
                CpuTimes before = CpuTimes.of(node);
                for (String token : tokens) {
                    open.openWebSocket(token, Shape.TLS.channels().getFirst());
                }
                micros = CpuTimes.of(node).since(before).getOrDefault(LinkMemory.NODE, 0L) / 1e3 / A_ROUND;
            }
            Thread.sleep(SETTLE.toMillis()); // the ends of the links belong to no handshake
        }
        return micros;
    }
}
