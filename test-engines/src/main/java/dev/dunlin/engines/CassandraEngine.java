package dev.dunlin.engines;

import dev.dunlin.engines.supervise.Ports;
import dev.dunlin.engines.supervise.Probe;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import dev.dunlin.engines.supervise.StackEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Cassandra of one node, in a JVM of its own (Java 17).
 *
 * <p>What it has acknowledged outlives a SIGKILL of the process: {@code commitlog_sync: batch}
 * closes a section of the commit log before it answers, and the log is mapped, so the section is in
 * the kernel's page cache then. The default, {@code periodic}, would not do: its replay ends at the
 * newest section mark, so what was answered since is lost with the process although its bytes are
 * in the cache. The data are not forced to the disk ({@code cassandra.skip_sync}): as with the
 * stack's Kafka, a crash of the whole machine may lose the newest.
 */
record CassandraEngine(
        Path java,
        CassandraJars jars,
        Path data,
        int port,
        int storagePort,
        @Nullable EngineSecurity security) {
    /** {@code conf/jvm17-server.options} of Cassandra 5.0. */
    private static final List<String> EXPORTS = List.of(
            "java.base/jdk.internal.misc",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.sql/java.sql",
            "java.base/java.lang.ref",
            "jdk.unsupported/sun.misc");

    private static final List<String> OPENS = List.of(
            "java.base/java.lang.module",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.util.jar",
            "jdk.management/com.sun.management.internal",
            "java.base/sun.nio.ch",
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.reflect",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.nio");

    /** A request of protocol version 4: OPTIONS, stream 0, no body. */
    private static final byte[] OPTIONS = HexFormat.of().parseHex("040000000500000000");

    private static final int SUPPORTED = 6;

    /**
     * Finds Java and the jars; fetches those the first time.
     *
     * @throws dev.dunlin.engines.supervise.StackException if there is no Java 17, or the jars
     *     cannot be fetched
     */
    static CassandraEngine prepare(Checkout checkout, Path data, Ports ports, StackEvents events)
            throws IOException, InterruptedException {
        Path java = Java17.require(checkout);
        return new CassandraEngine(
                java,
                CassandraJars.fetch(checkout, events),
                data,
                ports.port("cassandra"),
                ports.port("cassandra-storage"),
                null);
    }

    /** The same, but it accepts only TLS connections with a client certificate and a password. */
    CassandraEngine secured(EngineSecurity by) {
        return new CassandraEngine(java, jars, data, port, storagePort, by);
    }

    ProcessSpec spec(Path log) throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("cassandra.yaml"), configuration());
        Files.writeString(data.resolve("logback.xml"), LOGGING);
        return new ProcessSpec(
                "cassandra",
                "cassandra",
                command(),
                Map.of(),
                data,
                "127.0.0.1:" + port,
                log,
                security == null ? serves() : Probe.port(port),
                Duration.ofMinutes(2),
                StopSignal.TERM);
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xms128m",
                "-Xmx512m",
                "-XX:MaxDirectMemorySize=128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-javaagent:" + jars.agent(),
                "-Djdk.attach.allowAttachSelf=true",
                "-Dio.netty.tryReflectionSetAccessible=true",
                "-Dcassandra.config=" + data.resolve("cassandra.yaml").toUri(),
                "-Dcassandra.storagedir=" + data,
                "-Dcassandra-foreground=yes",
                "-Dlogback.configurationFile=" + data.resolve("logback.xml"),
                "-Dcassandra.skip_sync=true",
                // Nobody else is there to be waited for.
                "-Dcassandra.skip_wait_for_gossip_to_settle=0",
                "-Dcassandra.ring_delay_ms=0",
                "-Dcassandra.superuser_setup_delay_ms=0"));
        options("--add-exports=", EXPORTS).forEach(command::add);
        options("--add-opens=", OPENS).forEach(command::add);
        command.addAll(List.of("-cp", jars.classPath(), "org.apache.cassandra.service.CassandraDaemon"));
        return command;
    }

    private static Stream<String> options(String option, List<String> packages) {
        return packages.stream().map(name -> option + name + "=ALL-UNNAMED");
    }

    /** The port is open only when the node serves; still, an answer says more than an open port. */
    private Probe serves() {
        return () -> {
            try (Socket socket = new Socket()) {
                int patience = Math.toIntExact(Probe.TIMEOUT.toMillis());
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), patience);
                socket.setSoTimeout(patience);
                socket.getOutputStream().write(OPTIONS);
                byte[] header = socket.getInputStream().readNBytes(9);
                return header.length == 9 && header[4] == SUPPORTED;
            }
        };
    }

    private String configuration() {
        return """
                # Written at each start.
                cluster_name: dunlin
                num_tokens: 1
                initial_token: "0"
                partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                endpoint_snitch: SimpleSnitch
                seed_provider:
                  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                    parameters:
                      - seeds: "127.0.0.1:%2$d"
                listen_address: 127.0.0.1
                storage_port: %2$d
                rpc_address: 127.0.0.1
                native_transport_port: %1$d
                data_file_directories:
                  - '%3$s/data'
                commitlog_directory: '%3$s/commitlog'
                saved_caches_directory: '%3$s/caches'
                hints_directory: '%3$s/hints'
                cdc_raw_directory: '%3$s/cdc'
                commitlog_sync: batch
                commitlog_segment_size: 8MiB
                commitlog_total_space: 128MiB
                hinted_handoff_enabled: false
                auto_snapshot: false
                memtable_allocation_type: heap_buffers
                memtable_heap_space: 64MiB
                memtable_offheap_space: 16MiB
                key_cache_size: 8MiB
                row_cache_size: 0MiB
                counter_cache_size: 0MiB
                file_cache_size: 32MiB
                networking_cache_size: 16MiB
                concurrent_reads: 8
                concurrent_writes: 16
                concurrent_counter_writes: 2
                concurrent_compactors: 1
                """.formatted(port, storagePort, data.toString().replace("'", "''"))
                + (security == null ? "" : security(security));
    }

    private static String security(EngineSecurity by) {
        return """
                authenticator: PasswordAuthenticator
                role_manager: CassandraRoleManager
                client_encryption_options:
                  enabled: true
                  optional: false
                  require_client_auth: true
                  store_type: PKCS12
                  keystore: '%1$s'
                  keystore_password: '%3$s'
                  truststore: '%2$s'
                  truststore_password: '%3$s'
                """.formatted(by.keyStore(), by.trustStore(), by.storePassword());
    }

    private static final String LOGGING = """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{yyyy-MM-dd'T'HH:mm:ss.SSSZ} %p %c: %m%n</pattern></encoder>
              </appender>
              <logger name="org.apache.cassandra.config.Config" level="WARN"/>
              <root level="INFO"><appender-ref ref="OUT"/></root>
            </configuration>
            """;
}
