package dev.dunlin.localstack.services;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import dev.dunlin.engines.supervise.Probe;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import dev.dunlin.localstack.build.LauncherClassPath;
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
import java.util.stream.Stream;

/** The gateway as a process. */
public final class GatewayProcess {
    private GatewayProcess() {}

    /** Writes the gateway's configuration to {@code configFile} and says how to run it. */
    public static ProcessSpec spec(
            Checkout checkout, GatewayConfig config, Path configFile, Path log, HttpClient client) throws IOException {
        config.write(configFile);
        List<String> command = new ArrayList<>(JavaCommand.small("160m"));
        command.addAll(List.of(
                "-cp",
                String.join(File.pathSeparator, classPath(checkout)),
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

    // The page and the examples come from the jars of their modules, once those are built.
    private static List<String> classPath(Checkout checkout) throws IOException {
        List<String> path = new ArrayList<>(List.of(LauncherClassPath.of(checkout)));
        path.addAll(jars(checkout.root().resolve("clients/web/target"), "web"));
        path.addAll(jars(checkout.root().resolve("examples/ticker-feed/target"), "ticker-feed"));
        return path;
    }

    private static List<String> jars(Path target, String module) throws IOException {
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.map(Path::toString)
                    .filter(name -> name.matches(".*/dunlin-" + module + "-[^/]*\\.jar"))
                    .filter(name -> !name.matches(".*-(sources|javadoc|tests)\\.jar"))
                    .toList();
        }
    }
}
