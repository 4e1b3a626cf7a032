package dev.dunlin.engines.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Points a {@code @QuarkusTest} to the shared engines: {@code @WithTestResource(value =
 * EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))}. The
 * database, if one is named, is empty at each start of the resource; topics and Redis are shared
 * with the tests before.
 */
public final class EnginesTestResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable String database;

    @Override
    public void init(Map<String, String> arguments) {
        database = arguments.get("database");
    }

    @Override
    public Map<String, String> start() {
        TestEngines engines = TestEngines.join();
        Map<String, String> configuration = new HashMap<>(Map.of(
                "kafka.bootstrap.servers", engines.kafkaBootstrapServers(),
                "quarkus.redis.hosts", engines.redisUri(),
                "mp.jwt.verify.publickey.location", engines.jwksUrl(),
                "mp.jwt.verify.issuer", engines.issuer(),
                "mp.jwt.verify.audiences", engines.audience(),
                "dunlin.service-token.file", engines.serviceTokenFile().toString(),
                "quarkus.http.test-port", "0",
                "quarkus.management.test-port", "0"));
        if (database != null) {
            engines.freshDatabase(database);
            configuration.put("quarkus.datasource.jdbc.url", engines.jdbcUrl(database));
            configuration.put("quarkus.datasource.username", engines.databaseUser());
            configuration.put("quarkus.datasource.password", engines.databasePassword());
        }
        return configuration;
    }

    /** The engines stay, for the tests that follow. */
    @Override
    public void stop() {}
}
