package dev.dunlin.localstack.services;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import dev.dunlin.engines.supervise.Probe;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import dev.dunlin.localstack.gateway.GatewayConfig;
import dev.dunlin.localstack.gateway.GatewayMain;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The gateway as a process. */
public final class GatewayProcess {
    private GatewayProcess() {}

    /** Writes the gateway's configuration to {@code configFile} and says how to run it. */
    public static ProcessSpec spec(
            Checkout checkout, GatewayConfig config, Path configFile, Path log, HttpClient client) throws IOException {
        config.write(configFile);
        List<Path> jars = jars(checkout);
        List<String> command = new ArrayList<>(JavaCommand.small("160m"));
        command.addAll(JavaCommand.archive(checkout.root().resolve("local-stack/target/gateway.jsa"), jars));
        command.addAll(List.of(
                "-cp",
                jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                GatewayMain.class.getName(),
                configFile.toString()));
        return new ProcessSpec(
                "gateway",
                "gateway",
                command,
                Map.of(),
                checkout.root(),
                url(config),
                log,
                Probe.http(client, URI.create(url(config) + GatewayConfig.JWKS_PATH)),
                Duration.ofSeconds(60),
                StopSignal.TERM);
    }

    /** Where this machine reaches the gateway. */
    public static String url(GatewayConfig config) {
        String host =
                switch (config.bind()) {
                    case "127.0.0.1", "0.0.0.0", "::" -> "localhost";
                    default -> config.bind();
                };
        return "http://" + host + ":" + config.port();
    }

    /**
     * The class path: jars only, since a JVM archives classes of jars. The page and the examples
     * are there once they are built.
     */
    private static List<Path> jars(Checkout checkout) throws IOException {
        List<Path> path = new ArrayList<>();
        for (String module : List.of("local-stack", "test-engines", "protocol")) {
            path.addAll(jars(checkout, module, "dunlin-" + module + "-[^/]*\\.jar"));
        }
        path.addAll(jars(checkout, "clients/web", "dunlin-web-[^/]*\\.jar"));
        path.addAll(jars(checkout, "examples/ticker-feed", "dunlin-ticker-feed-[^/]*\\.jar"));
        path.addAll(in(checkout.root().resolve("local-stack/target/lib"), ".*\\.jar"));
        return path;
    }

    private static List<Path> jars(Checkout checkout, String module, String name) throws IOException {
        return in(checkout.root().resolve(module).resolve("target"), name).stream()
                .filter(jar -> !jar.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
                .toList();
    }

    private static List<Path> in(Path directory, String name) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> directory.relativize(file).toString().matches(name))
                    .sorted()
                    .toList();
        }
    }
}
