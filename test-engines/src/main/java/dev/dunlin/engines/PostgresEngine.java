package dev.dunlin.engines;

import dev.dunlin.engines.supervise.Probe;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.engines.tokens.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server over TCP only.
 *
 * @param password of {@link EngineAddresses#USER}, made with the cluster and kept beside it
 */
record PostgresEngine(
        Path home,
        Path cluster,
        int port,
        String password,
        List<String> databases,
        @Nullable EngineSecurity security) {
    /** Makes the cluster in {@code data} if there is none; takes seconds then. */
    static PostgresEngine prepare(
            Path home, Path data, int port, List<String> databases, @Nullable EngineSecurity security)
            throws IOException, InterruptedException {
        Path cluster = data.resolve("cluster");
        Path passwordFile = data.resolve("password");
        if (!Files.exists(cluster)) {
            Files.createDirectories(data);
            PrivateFile.write(passwordFile, security == null ? randomPassword() : security.password());
            initialise(home, data, passwordFile);
        }
        return new PostgresEngine(
                home, cluster, port, Files.readString(passwordFile).strip(), databases, security);
    }

    ProcessSpec spec(Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/postgres").toString(),
                "-D",
                cluster.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "max_connections=200"));
        if (security != null) {
            command.addAll(tls(security));
        }
        return new ProcessSpec(
                "postgres",
                "postgres",
                asUser(command),
                Map.of("LC_ALL", "C"),
                cluster,
                "127.0.0.1:" + port,
                log,
                databasesAreThere(),
                Duration.ofSeconds(60),
                StopSignal.INT);
    }

    /** Accepts only TLS connections. */
    private List<String> tls(EngineSecurity by) throws IOException {
        Path hosts = cluster.resolveSibling("pg_hba.conf");
        Files.writeString(hosts, "hostssl all all 127.0.0.1/32 scram-sha-256\n");
        return List.of(
                "-c",
                "ssl=on",
                "-c",
                "ssl_cert_file=" + by.certificate(),
                "-c",
                "ssl_key_file=" + by.key(),
                "-c",
                "hba_file=" + hosts);
    }

    private static String randomPassword() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Probe databasesAreThere() {
        Databases server = new Databases(new EngineAddresses(0, 0, port, 0, password));
        return () -> server.createMissing(databases);
    }

    // Under another name until it is whole.
    private static void initialise(Path home, Path data, Path passwordFile) throws IOException, InterruptedException {
        Path whole = Files.createTempDirectory(data, "init");
        Path log = data.resolve("initdb.log");
        int exit = new ProcessBuilder(asUser(List.of(
                        home.resolve("bin/initdb").toString(),
                        "-D",
                        whole.toString(),
                        "-U",
                        EngineAddresses.USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new StackException("PostgreSQL could not make its cluster in " + data + ": "
                    + Files.readString(log, StandardCharsets.UTF_8)
                            .strip()
                            .lines()
                            .reduce((a, b) -> b)
                            .orElse("")
                    + "; see " + log);
        }
        Files.move(whole, data.resolve("cluster"), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, with the same
     * rights to its files.
     */
    private static List<String> asUser(List<String> command) {
        if (!System.getProperty("user.name").equals("root")) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(command);
        return wrapped;
    }
}
