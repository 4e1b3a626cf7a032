package dev.dunlin.scenarios.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.scenarios.openapi.ApiDocument.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi.yaml} is what the services of this build say. */
class OpenApiDocumentIT {
    private static final String REGENERATE =
            "./mvnw verify -pl scenarios -Dtest=none -Dit.test=OpenApiDocumentIT -Dopenapi.write=true";

    private final ApiDocument merged = ApiDocument.merged();

    @Test
    void theCommittedDocumentIsThatOfTheServices() throws IOException {
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(ApiDocument.file(), merged.yaml());
        }
        assertThat(Files.readString(ApiDocument.file()))
                .as("docs/openapi.yaml is stale: " + REGENERATE)
                .isEqualTo(merged.yaml());
    }

    @Test
    void everyOperationHasANameATagAndASummary() {
        List<Operation> operations = merged.operations();
        assertThat(operations).extracting(Operation::id).doesNotContain("").doesNotHaveDuplicates();
        assertThat(operations).allSatisfy(operation -> {
            assertThat(operation.description().path("tags")).as(operation.id()).hasSize(1);
            assertThat(operation.description().path("summary").asText())
                    .as(operation.id())
                    .isNotEmpty();
        });
    }

    @Test
    void everyRefusalIsAProblemDocument() {
        assertThat(merged.operations()).allSatisfy(operation -> {
            JsonNode responses = operation.description().path("responses");
            assertThat(responses.properties())
                    .as(operation.id())
                    .filteredOn(response -> response.getKey().compareTo("400") >= 0)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(response -> assertThat(merged.resolve(response.getValue())
                                    .at("/content/application~1problem+json/schema/$ref")
                                    .asText())
                            .as(response.getKey())
                            .isEqualTo("#/components/schemas/Problem"));
        });
    }

    @Test
    void nothingInternalIsInIt() {
        assertThat(merged.operations())
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.path()).startsWith("/v1/"));
    }
}
