package dev.dunlin.scenarios.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An OpenAPI document. {@code docs/openapi.yaml} is made of those that the builds of the services
 * store.
 */
record ApiDocument(JsonNode root) {
    private static final List<String> SERVICES =
            List.of("connection-service", "message-service", "presence-service", "push-service");
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .stringQuotingChecker(new NumbersQuoted())
            .build());
    private static final String HEAD = """
            # The REST API of Dunlin. Made from the services by OpenApiDocumentIT, which fails when it is stale.
            """;
    private static final String FRAME = """
            {"openapi": "3.0.3",
             "info": {"title": "Dunlin", "version": "1",
              "description": "The REST API of docs/protocol.md. Frames over WebSocket are described there.",
              "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0.html"}},
             "servers": [{"url": "http://localhost:8080", "description": "The gateway of ./dev up"}],
             "security": [{"bearer": []}]}
            """;

    /** A method and path of a document. */
    record Operation(String method, String path, JsonNode description) {
        String id() {
            return description.path("operationId").asText();
        }

        /** Whether a request is one of this operation; {@code rawPath} is as on the wire. */
        boolean matches(String requestMethod, String rawPath) {
            return method.equals(requestMethod) && rawPath.matches(path.replaceAll("\\{[^}]+}", "[^/]+"));
        }
    }

    /** {@code docs/openapi.yaml}. */
    static ApiDocument committed() {
        try {
            return new ApiDocument(YAML.readTree(Files.readString(file())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where {@code docs/openapi.yaml} is. */
    static Path file() {
        return Checkout.fromSystemProperty().root().resolve("docs/openapi.yaml");
    }

    /**
     * The public documents of all services as one. Fails if two of them describe one name
     * differently.
     */
    static ApiDocument merged() {
        try {
            ObjectNode merged = (ObjectNode) new ObjectMapper().readTree(FRAME);
            Map<String, JsonNode> paths = new TreeMap<>();
            Map<String, Map<String, JsonNode>> components = new TreeMap<>();
            for (String service : SERVICES) {
                Path stored = Checkout.fromSystemProperty().root().resolve(service + "/target/openapi/openapi.json");
                JsonNode one = new ObjectMapper().readTree(Files.readString(stored));
                merge(one.path("paths"), paths);
                one.path("components")
                        .properties()
                        .forEach(kind -> merge(
                                kind.getValue(), components.computeIfAbsent(kind.getKey(), key -> new TreeMap<>())));
            }
            ObjectNode all = merged.putObject("paths");
            paths.forEach(all::set);
            ObjectNode kinds = merged.putObject("components");
            components.forEach((kind, each) -> each.forEach(kinds.withObject("/" + kind)::set));
            return new ApiDocument(merged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document as YAML. */
    String yaml() {
        try {
            return HEAD + YAML.writeValueAsString(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All operations, by path. */
    List<Operation> operations() {
        return root.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue())))
                .toList();
    }

    /** What {@code node} is, or refers to. */
    JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : root.at(reference.substring(1));
    }

    private static void merge(JsonNode from, Map<String, JsonNode> into) {
        from.properties().forEach(entry -> {
            JsonNode known = into.putIfAbsent(entry.getKey(), entry.getValue());
            if (known != null && !known.equals(entry.getValue())) {
                throw new AssertionError("two services describe " + entry.getKey() + " differently: " + known + " and "
                        + entry.getValue());
            }
        });
    }

    /** The status of a response is a text in OpenAPI, although it looks like a number. */
    private static final class NumbersQuoted extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteName(String name) {
            return super.needToQuoteName(name) || name.matches("[0-9]+");
        }
    }
}
