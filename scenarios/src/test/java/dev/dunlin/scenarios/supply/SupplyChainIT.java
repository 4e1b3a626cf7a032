package dev.dunlin.scenarios.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dunlin.scenarios.supply.BillOfMaterials.Component;
import dev.dunlin.scenarios.supply.KnownBadVersions.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The components of the packaged services, the clients and the local stack. */
class SupplyChainIT {
    private final KnownBadVersions list = KnownBadVersions.read();

    @Test
    void nothingThatIsShippedOrRunIsKnownToBeBad() {
        List<BillOfMaterials> bills = BillOfMaterials.all();
        assertThat(list.findings(bills)).isEmpty();
        assertThat(list.acceptedForNothing(bills))
                .as("accepted in deploy/known-bad-versions.json, and not there any more")
                .isEmpty();
    }

    @Test
    void aBadVersionInABillIsFound() {
        BillOfMaterials now = BillOfMaterials.service("message-service");
        Component good = now.components().stream()
                .filter(component -> component.artifact().equals("netty-codec-http2"))
                .findFirst()
                .orElseThrow();
        String bill = Modules.read(BillOfMaterials.file("message-service", "target/quarkus-run-cyclonedx.json"));
        BillOfMaterials bad = BillOfMaterials.parse("message-service", bill.replace(good.version(), "4.1.131.Final"));
        assertThat(list.findings(List.of(bad)).stream().map(Finding::toString))
                .anySatisfy(found -> assertThat(found)
                        .startsWith("message-service: io.netty:netty-codec-http2:4.1.131.Final is in ")
                        .contains("CVE-2026-33871, fixed in 4.1.132"));
    }

    @ParameterizedTest
    @FieldSource("dev.dunlin.scenarios.supply.Modules#SERVICES")
    void aServicesBillNamesEveryJarThatIsPackaged(String service) throws IOException {
        Set<String> named = BillOfMaterials.service(service).components().stream()
                .map(component -> component.group() + "." + component.artifact() + "-" + component.version())
                .collect(Collectors.toSet());
        Set<String> packaged = new TreeSet<>();
        try (Stream<Path> files = Files.walk(BillOfMaterials.file(service, "target/quarkus-app/lib"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .forEach(name -> packaged.add(name.substring(0, name.length() - ".jar".length())));
        }
        assertThat(packaged).hasSizeGreaterThan(50);
        // A jar with a classifier has it after its version.
        packaged.removeIf(jar -> named.contains(jar) || named.stream().anyMatch(name -> jar.startsWith(name + "-")));
        assertThat(packaged).isEmpty();
    }

    @Test
    void theTypeScriptClientBringsNothingAlong() throws IOException {
        Path file = Modules.root().resolve("clients/typescript/package.json");
        assertThat(new ObjectMapper().readTree(file.toFile()).fieldNames())
                .toIterable()
                .doesNotContain("dependencies", "peerDependencies", "optionalDependencies", "bundledDependencies");
    }

    @Test
    void theWrapperChecksTheMavenThatItFetches() throws IOException {
        Properties wrapper = new Properties();
        try (var text = Files.newBufferedReader(Modules.root().resolve(".mvn/wrapper/maven-wrapper.properties"))) {
            wrapper.load(text);
        }
        assertThat(wrapper.getProperty("distributionSha256Sum")).matches("[0-9a-f]{64}");
    }
}
