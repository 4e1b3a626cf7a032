package dev.dunlin.benchmark.link;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.engines.supervise.FileTree;
import dev.dunlin.engines.testing.SelfSignedCertificate;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A port of connection-1 that speaks TLS, beside the one that does not. Its certificate has an
 * elliptic key (P-256) and signs itself.
 */
record TlsPort(Path directory, SelfSignedCertificate certificate, int number) implements Closeable {
    static TlsPort prepare() throws IOException {
        Path directory = Files.createTempDirectory("dunlin-benchmark-tls");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new TlsPort(directory, SelfSignedCertificate.make(directory), free.getLocalPort());
        }
    }

    /** The suite in which connection-1 has the port. */
    BenchmarkSuite.Setup of(BenchmarkSuite.Setup setup) {
        return setup.with(
                LinkMemory.NODE,
                Map.of(
                        "QUARKUS_HTTP_TLS_CONFIGURATION_NAME", "benchmark",
                        "QUARKUS_TLS_BENCHMARK_KEY_STORE_P12_PATH",
                                certificate.store().toString(),
                        "QUARKUS_TLS_BENCHMARK_KEY_STORE_P12_PASSWORD", certificate.password(),
                        "QUARKUS_HTTP_SSL_PORT", Integer.toString(number)));
    }

    /** Links to it, which trust its certificate alone. */
    SocketLinks links() {
        return new SocketLinks(
                URI.create("https://localhost:" + number), certificate.trust().getSocketFactory());
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(directory);
    }
}
