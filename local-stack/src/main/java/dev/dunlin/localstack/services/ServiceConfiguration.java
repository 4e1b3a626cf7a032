package dev.dunlin.localstack.services;

import dev.dunlin.engines.EngineAddresses;
import dev.dunlin.engines.Store;
import dev.dunlin.engines.tokens.TokenIssuer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of each service, under the names that {@code docs/configuration.md} has.
 *
 * @param jwksUrl where the local stack publishes its key
 * @param messageServiceUrl of its management port, where {@code /internal} is
 * @param presenceServiceUrl of its management port
 */
public record ServiceConfiguration(
        EngineAddresses engines,
        Store store,
        String jwksUrl,
        Path serviceTokenFile,
        Path vapidKeyFile,
        String messageServiceUrl,
        String presenceServiceUrl) {
    private static final String MANY = "1000000";

    /** The same with another process of message-service to ask. */
    public ServiceConfiguration withMessageServiceUrl(String url) {
        return new ServiceConfiguration(
                engines, store, jwksUrl, serviceTokenFile, vapidKeyFile, url, presenceServiceUrl);
    }

    /** The same with another process of presence-service to ask. */
    public ServiceConfiguration withPresenceServiceUrl(String url) {
        return new ServiceConfiguration(
                engines, store, jwksUrl, serviceTokenFile, vapidKeyFile, messageServiceUrl, url);
    }

    /**
     * The configuration of the process {@code name} of a module.
     *
     * @param management the port of {@code /q} and {@code /internal}
     */
    public Map<String, String> of(ServiceModule module, String name, int port, int management) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.http.port", Integer.toString(port));
        properties.put("quarkus.management.host", "127.0.0.1");
        properties.put("quarkus.management.port", Integer.toString(management));
        properties.put("dunlin.cors.origins", "http://localhost:*,http://127.0.0.1:*"); // pages from other dev servers
        properties.put("kafka.bootstrap.servers", engines.kafkaBootstrapServers());
        properties.put("quarkus.redis.hosts", engines.redisUri());
        properties.put("mp.jwt.verify.publickey.location", jwksUrl);
        properties.put("mp.jwt.verify.issuer", TokenIssuer.ISSUER);
        properties.put("mp.jwt.verify.audiences", TokenIssuer.AUDIENCE);
        properties.put("dunlin.token.max-life", "168h"); // ./dev token --ttl 7d
        properties.put("dunlin.service-token.file", serviceTokenFile.toString());
        properties.put("quarkus.rest-client.message-service.url", messageServiceUrl);
        properties.put("quarkus.rest-client.presence-service.url", presenceServiceUrl);
        liftRateLimits(properties);
        switch (module) {
            case CONNECTION -> properties.put("dunlin.node.id", name);
            case MESSAGE -> {
                properties.put("dunlin.node.id", name.equals(module.directory()) ? name + "-1" : name);
                store(properties);
            }
            case PUSH -> {
                database(properties, "push");
                properties.put("dunlin.push.vapid.subject", "mailto:dev@localhost");
                properties.put("dunlin.push.vapid.key-file", vapidKeyFile.toString());
                properties.put("dunlin.push.allow-private-addresses", "true");
                properties.put("dunlin.push.webhook.enabled", "true");
            }
            // In its chat page people are in groups, and see each other there.
            case PRESENCE -> properties.put("dunlin.presence.visible-to", "members");
        }
        return properties;
    }

    /** All clients have one address here, and a test or a benchmark sends as much as many users. */
    private static void liftRateLimits(Map<String, String> properties) {
        for (String rate : List.of("per-address", "per-address-burst", "per-user", "per-user-burst")) {
            properties.put("dunlin.rate." + rate, MANY);
        }
        properties.put("dunlin.handshake.links-per-address", MANY);
        properties.put("dunlin.handshake.links-per-user", MANY);
    }

    private void store(Map<String, String> properties) {
        properties.put("dunlin.store", store.text());
        switch (store) {
            case POSTGRES -> database(properties, "message");
            case CASSANDRA -> properties.put("dunlin.cassandra.contact-points", engines.cassandraContactPoint());
        }
    }

    private void database(Map<String, String> properties, String database) {
        properties.put("quarkus.datasource.jdbc.url", engines.jdbcUrl(database));
        properties.put("quarkus.datasource.username", EngineAddresses.USER);
        properties.put("quarkus.datasource.password", engines.password());
    }

    /** The same as environment variables, by the rule of MicroProfile Config. */
    public static Map<String, String> asEnvironment(Map<String, String> properties) {
        return properties.entrySet().stream()
                .collect(Collectors.toMap(
                        property -> property.getKey()
                                .replaceAll("[^A-Za-z0-9]", "_")
                                .toUpperCase(Locale.ROOT),
                        Map.Entry::getValue));
    }
}
