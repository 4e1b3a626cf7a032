package dev.dunlin.scenarios.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The components of one module that is shipped or run, as in the CycloneDX file that its build
 * wrote.
 *
 * @param of the module's directory
 */
record BillOfMaterials(String of, List<Component> components) {
    private static final String ENGINES = "test-engines";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern REDIS = Pattern.compile("redis-server-([0-9.]+)-linux-amd64");
    private static final Pattern CASSANDRA = Pattern.compile("<cassandra\\.version>(.+?)</cassandra\\.version>");

    BillOfMaterials {
        components = List.copyOf(components);
    }

    /** A library or an engine; the group is empty for a file that Quarkus makes. */
    record Component(String group, String artifact, String version) {
        @Override
        public String toString() {
            return group + ":" + artifact + ":" + version;
        }
    }

    /**
     * The bills of the services, the Java client, the terminal chat, the local stack and its
     * engines.
     */
    static List<BillOfMaterials> all() {
        List<BillOfMaterials> bills = new ArrayList<>();
        Modules.SERVICES.forEach(service -> bills.add(service(service)));
        bills.add(of("clients/java", "target/bom.json"));
        bills.add(of("examples/terminal-chat", "target/bom.json"));
        bills.add(of("local-stack", "target/bom.json"));
        bills.add(engines());
        return bills;
    }

    static BillOfMaterials service(String service) {
        return of(service, "target/quarkus-run-cyclonedx.json");
    }

    /** Parses a CycloneDX document. */
    static BillOfMaterials parse(String of, String text) {
        try {
            List<Component> components = new ArrayList<>();
            for (JsonNode component : JSON.readTree(text).path("components")) {
                components.add(new Component(
                        component.path("group").asText(),
                        component.path("name").asText(),
                        component.path("version").asText()));
            }
            return new BillOfMaterials(of, components);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(String module, String file) {
        Path path = Modules.root().resolve(module).resolve(file);
        if (!Files.exists(path)) {
            throw new IllegalStateException("not built: " + path + " (run ./mvnw verify -pl scenarios -am)");
        }
        return path;
    }

    private static BillOfMaterials of(String module, String file) {
        return parse(module, Modules.read(file(module, file)));
    }

    /**
     * The build does not list all engines. Redis has its version in the name of the binary, and
     * Cassandra has it in a POM that is not a module.
     */
    private static BillOfMaterials engines() {
        BillOfMaterials libraries = of(ENGINES, "target/bom.json");
        List<Component> components = new ArrayList<>(libraries.components());
        components.add(new Component("redis", "redis-server", redis()));
        components.add(new Component(
                "org.apache.cassandra",
                "cassandra-all",
                first(
                        CASSANDRA,
                        Modules.read(Modules.root().resolve("test-engines/cassandra/pom.xml"))
                                .lines())));
        return new BillOfMaterials(ENGINES, components);
    }

    private static String redis() {
        try (Stream<Path> files = Files.list(file(ENGINES, "target/lib"))) {
            Path jar = files.filter(file -> file.getFileName().toString().startsWith("embedded-redis-"))
                    .findFirst()
                    .orElseThrow();
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                return first(REDIS, zip.stream().map(Object::toString));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String first(Pattern pattern, Stream<String> lines) {
        return lines.map(pattern::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
