package dev.dunlin.localstack.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.EngineAddresses;
import dev.dunlin.engines.Store;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceConfigurationTest {
    private final ServiceConfiguration configuration = new ServiceConfiguration(
            new EngineAddresses(1, 2, 3, 0, "secret"),
            Store.POSTGRES,
            "http://127.0.0.1:8080/.well-known/jwks.json",
            Path.of("/data/service-token"),
            Path.of("/data/vapid.pem"),
            "http://127.0.0.1:5",
            "http://127.0.0.1:6");

    @Test
    void eachServiceHasItsOwnDatabase() {
        assertThat(configuration.of(ServiceModule.MESSAGE, "message-service", 7, 17))
                .containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:3/message");
        assertThat(configuration.of(ServiceModule.PUSH, "push-service", 8, 18))
                .containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:3/push");
        assertThat(configuration.of(ServiceModule.PRESENCE, "presence-service", 9, 19))
                .doesNotContainKey("quarkus.datasource.jdbc.url");
    }

    @Test
    void nodesAreNamedAsTheirProcesses() {
        assertThat(configuration.of(ServiceModule.CONNECTION, "connection-2", 7, 17))
                .containsEntry("dunlin.node.id", "connection-2")
                .containsEntry("quarkus.http.port", "7")
                .containsEntry("quarkus.management.port", "17");
        assertThat(configuration.of(ServiceModule.MESSAGE, "message-service", 7, 17))
                .containsEntry("dunlin.node.id", "message-service-1");
    }

    @Test
    void propertiesBecomeEnvironmentVariables() {
        assertThat(ServiceConfiguration.asEnvironment(
                        Map.of("quarkus.rest-client.message-service.url", "http://127.0.0.1:5")))
                .containsEntry("QUARKUS_REST_CLIENT_MESSAGE_SERVICE_URL", "http://127.0.0.1:5");
    }
}
