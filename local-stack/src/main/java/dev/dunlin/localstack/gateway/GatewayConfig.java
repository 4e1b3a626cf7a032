package dev.dunlin.localstack.gateway;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The settings of the gateway's process, as a properties file.
 *
 * @param bind the address to listen on
 * @param keyFile the signing key of the local stack
 * @param upstreams at least one of each role
 */
public record GatewayConfig(String bind, int port, Path keyFile, Map<Role, List<Upstream>> upstreams) {
    /** Where the gateway publishes the public half of the signing key. */
    public static final String JWKS_PATH = "/.well-known/jwks.json";

    public GatewayConfig {
        upstreams = Map.copyOf(upstreams);
    }

    public static GatewayConfig read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<Role, List<Upstream>> upstreams = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            upstreams.put(
                    role,
                    Arrays.stream(properties.getProperty(role.service()).split(",", -1))
                            .map(Upstream::parse)
                            .toList());
        }
        return new GatewayConfig(
                properties.getProperty("bind"),
                Integer.parseInt(properties.getProperty("port")),
                Path.of(properties.getProperty("key-file")),
                upstreams);
    }

    public void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("bind", bind);
        properties.setProperty("port", Integer.toString(port));
        properties.setProperty("key-file", keyFile.toString());
        upstreams.forEach((role, list) -> properties.setProperty(
                role.service(), list.stream().map(Upstream::written).collect(Collectors.joining(","))));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }
}
