package dev.dunlin.engines.testing;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.EngineAddresses;
import dev.dunlin.engines.EngineSecurity;
import dev.dunlin.engines.Engines;
import dev.dunlin.engines.supervise.Ports;
import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Engines of one test that accept only TLS connections with a password. Their certificate is for
 * the name {@code localhost} alone: a client of {@code 127.0.0.1} that verifies the name must
 * refuse it. Every method may block.
 */
public final class SecureEngines implements AutoCloseable {
    private static final String PASSWORD = "not-without-this";

    private final SelfSignedCertificate certificate;
    private final Path trustStore;
    private final List<RunningProcess> running = new ArrayList<>();
    private final List<ProcessSpec> specs;

    private SecureEngines(SelfSignedCertificate certificate, Path trustStore, List<ProcessSpec> specs, Path directory)
            throws InterruptedException {
        this.certificate = certificate;
        this.trustStore = trustStore;
        this.specs = specs;
        ProcessRecords records = new ProcessRecords(directory.resolve("processes"));
        try {
            for (ProcessSpec spec : specs) {
                running.add(RunningProcess.start(spec, records));
            }
            for (RunningProcess process : running) {
                process.awaitReady();
            }
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /**
     * Kafka (SCRAM-SHA-512), Redis (an ACL user) and PostgreSQL (SCRAM-SHA-256) with that empty
     * database.
     */
    public static SecureEngines start(Path directory, String database) throws IOException, InterruptedException {
        TestEngines.join(); // unpacks them, with libraries that the services' tests lack
        SelfSignedCertificate own = SelfSignedCertificate.make(directory.resolve("engines"), "DNS:localhost");
        Path trusted = SelfSignedCertificate.trusting(directory.resolve("trust.p12"), own);
        Engines engines = Engines.secured(
                Checkout.fromSystemProperty(),
                directory,
                new Ports(directory.resolve("ports")),
                List.of(database),
                security(own, trusted),
                System.out::println);
        return new SecureEngines(own, trusted, engines.specs(), directory);
    }

    /**
     * Cassandra with the user {@code cassandra}. Only where {@link CassandraTests#canRun}.
     *
     * @param client the one client certificate that it accepts
     */
    public static SecureEngines cassandra(Path directory, SelfSignedCertificate client)
            throws IOException, InterruptedException {
        SelfSignedCertificate own = SelfSignedCertificate.make(directory.resolve("engines"), "DNS:localhost");
        EngineSecurity security =
                security(own, SelfSignedCertificate.trusting(directory.resolve("clients.p12"), client));
        ProcessSpec spec = Engines.securedCassandra(
                Checkout.fromSystemProperty(),
                directory,
                new Ports(directory.resolve("ports")),
                security,
                System.out::println);
        Path trusted = SelfSignedCertificate.trusting(directory.resolve("trust.p12"), own);
        return new SecureEngines(own, trusted, List.of(spec), directory);
    }

    private static EngineSecurity security(SelfSignedCertificate own, Path trustStore) {
        return new EngineSecurity(own.store(), trustStore, own.certificate(), own.key(), own.password(), PASSWORD);
    }

    /** The certificate of the engines. */
    public SelfSignedCertificate certificate() {
        return certificate;
    }

    /**
     * A PKCS 12 that trusts {@link #certificate}; {@link SelfSignedCertificate#password} opens it.
     */
    public Path trustStore() {
        return trustStore;
    }

    public String user() {
        return EngineAddresses.USER;
    }

    public String password() {
        return PASSWORD;
    }

    /** Where {@code kafka}, {@code redis}, {@code postgres} or {@code cassandra} listens. */
    public int port(String engine) {
        String url = specs.stream()
                .filter(spec -> spec.name().equals(engine))
                .findFirst()
                .orElseThrow()
                .url();
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    /** Ends them. */
    @Override
    public void close() {
        try {
            for (RunningProcess process : running) {
                process.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
