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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The gateway as a process. */
public final class GatewayProcess {
    private GatewayProcess() {}

    /** Writes the gateway's configuration to {@code configFile} and says how to run it. */
    public static ProcessSpec spec(Checkout checkout, GatewayConfig config, Path configFile, Path log)
            throws IOException {
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
                Probe.http(URI.create(url(config) + GatewayConfig.JWKS_PATH)),
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

    // The page and the examples are there once they are built.
    private static List<Path> jars(Checkout checkout) throws IOException {
        List<Path> path = new ArrayList<>(LauncherClassPath.jars(checkout));
        path.addAll(LauncherClassPath.jars(checkout, "clients/web", "web"));
        path.addAll(LauncherClassPath.jars(checkout, "examples/ticker-feed", "ticker-feed"));
        return path;
    }
}
