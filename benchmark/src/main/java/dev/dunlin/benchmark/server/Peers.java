package dev.dunlin.benchmark.server;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people would run instead, by the name of {@code --peers}: what each needs and how it is
 * installed.
 */
public enum Peers {
    SOCKETIO("Socket.IO ×2 + Redis + PostgreSQL"),
    EJABBERD("ejabberd, archive in PostgreSQL"),
    NCHAN("nchan");

    private static final Path NGINX_MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");

    /** Without it ejabberd starts, stores nothing, and tries to connect all the time. */
    private static final Path POSTGRES_OF_ERLANG = Path.of("/usr/share/doc/erlang-p1-pgsql");

    private final String title;

    Peers(String title) {
        this.title = title;
    }

    /** As the tables call it. */
    public String title() {
        return title;
    }

    /** What is not installed; empty if it can be started. */
    public Optional<String> missing(Checkout checkout) {
        return switch (this) {
            case SOCKETIO ->
                !executable("node")
                        ? Optional.of("node is missing: install Node.js 20 or newer")
                        : missing(
                                SocketIoServer.directory(checkout).resolve("node_modules/socket.io"),
                                "npm packages of benchmark/peers");
            case EJABBERD ->
                missing(Path.of("/usr/sbin/ejabberdctl"), "Debian package ejabberd")
                        .or(() -> missing(POSTGRES_OF_ERLANG, "Debian package erlang-p1-pgsql"));
            case NCHAN -> missing(NGINX_MODULE, "Debian package libnginx-mod-nchan");
        };
    }

    private static Optional<String> missing(Path file, String what) {
        return Files.exists(file)
                ? Optional.empty()
                : Optional.of(what + " not installed: --install-peers installs what it may");
    }

    private static boolean executable(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }

    /**
     * Installs it: npm packages below {@code benchmark/peers}, Debian packages with
     * {@code apt-get}, whose services are not started.
     *
     * @throws StackException if the installer fails
     */
    public void install(Checkout checkout) throws IOException, InterruptedException {
        switch (this) {
            case SOCKETIO ->
                run(
                        SocketIoServer.directory(checkout),
                        "npm",
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--no-package-lock");
            case EJABBERD -> debian("ejabberd", "erlang-p1-pgsql");
            case NCHAN -> debian("libnginx-mod-nchan");
        }
    }

    /** Debian starts what it installs, unless a policy forbids it: this one does so meanwhile. */
    private static void debian(String... packages) throws IOException, InterruptedException {
        if (!System.getProperty("user.name").equals("root")) {
            throw new StackException("only root can install " + String.join(", ", packages) + ": apt-get install it");
        }
        Path policy = Path.of("/usr/sbin/policy-rc.d");
        boolean ours = !Files.exists(policy);
        if (ours) {
            Files.writeString(policy, "#!/bin/sh\nexit 101\n");
            if (!policy.toFile().setExecutable(true)) {
                throw new StackException(policy + " cannot be made executable");
            }
        }
        try {
            List<String> command = new ArrayList<>(List.of("apt-get", "install", "-y", "--no-install-recommends"));
            command.addAll(List.of(packages));
            run(Path.of("/"), command.toArray(String[]::new));
        } finally {
            if (ours) {
                Files.deleteIfExists(policy);
            }
        }
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        if (builder.start().waitFor() != 0) {
            throw new StackException(String.join(" ", command) + " failed");
        }
    }
}
