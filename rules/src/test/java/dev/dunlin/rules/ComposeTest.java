package dev.dunlin.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The limits that deploy/compose sets, read from its files: the build has no container engine. */
class ComposeTest {
    private static final Set<String> ENGINES = Set.of("kafka", "topics", "redis", "postgres", "cassandra");
    private static final Pattern TOPICS = Pattern.compile("for topic in ([a-z. ]+);");

    private final Map<String, Map<String, Object>> services = services("compose.yaml");

    @Test
    void everyProcessIsConfined() {
        for (String file : List.of("compose.yaml", "cassandra.yaml")) {
            services(file).forEach((name, service) -> {
                if (service.containsKey("image")) {
                    assertThat(service).as(name).containsEntry("cap_drop", List.of("ALL"));
                    assertThat(service)
                            .as(name)
                            .containsEntry("security_opt", List.of("no-new-privileges:true"))
                            .containsKey("networks");
                    assertThat(String.valueOf(at(service, "deploy", "resources", "limits")))
                            .as(name)
                            .contains("cpus=", "memory=", "pids=");
                }
            });
        }
    }

    @Test
    void everyImageOfOthersMayHaveADigest() {
        for (String file : List.of("compose.yaml", "cassandra.yaml")) {
            services(file).forEach((name, service) -> {
                String image = String.valueOf(service.get("image"));
                if (service.containsKey("image") && !image.startsWith("dunlin/")) {
                    assertThat(image).as(name).matches(".+:[^$]+\\$\\{(DUNLIN_[A-Z]+_DIGEST):\\+@}\\$\\{\\1:-}");
                }
            });
        }
    }

    @Test
    void theEnginesAreReachedByServicesOnlyAndTheGatewayAloneFromOutside() {
        services.forEach((name, service) -> {
            List<?> networks = (List<?>) service.getOrDefault("networks", List.of());
            if (ENGINES.contains(name)) {
                assertThat(networks.toString()).as(name).isEqualTo("[engines]");
            }
            assertThat(service.containsKey("ports")).as(name).isEqualTo(name.equals("gateway"));
            assertThat(networks.toString().contains("edge")).as(name).isEqualTo(name.equals("gateway"));
        });
        assertThat(String.valueOf(services.getOrDefault("gateway", Map.of()).get("networks")))
                .doesNotContain("engines");
        Map<?, ?> networks = (Map<?, ?>) load("compose.yaml").getOrDefault("networks", Map.of());
        assertThat(String.valueOf(networks.get("engines"))).isEqualTo("{internal=true}");
        assertThat(String.valueOf(networks.get("services"))).isEqualTo("{internal=true}");
    }

    @Test
    void noServiceIsAnEnginesSuperuser() {
        List.of("message", "push").forEach(name -> {
            Map<?, ?> environment = at(services.getOrDefault(name, Map.of()), "environment");
            assertThat(String.valueOf(environment.get("QUARKUS_DATASOURCE_USERNAME")))
                    .isEqualTo(name);
            assertThat(environment.toString())
                    .doesNotContain("${DUNLIN_DATABASE_PASSWORD")
                    .doesNotContain("KAFKA_ADMIN");
        });
    }

    @Test
    void everyTopicIsMadeAndSaysHowLongItKeeps() {
        String command =
                String.valueOf(services.getOrDefault("topics", Map.of()).get("command"));
        List<String> topics = TOPICS.matcher(command)
                .results()
                .flatMap(found -> List.of(found.group(1).split(" ")).stream())
                .toList();
        assertThat(topics).containsExactlyInAnyOrderElementsOf(JavaSource.topics());
        assertThat(command).contains("--entity-name \"$$topic\"").contains("--add-config retention.ms=");
    }

    private static Map<?, ?> at(Map<?, ?> map, String... path) {
        Map<?, ?> here = map;
        for (String key : path) {
            here = here.get(key) instanceof Map<?, ?> next ? next : Map.of();
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services(String file) {
        return (Map<String, Map<String, Object>>) load(file).getOrDefault("services", Map.of());
    }

    private static Map<String, Object> load(String file) {
        return new Yaml()
                .load(Checkout.read(Checkout.root().resolve("deploy/compose").resolve(file)));
    }
}
