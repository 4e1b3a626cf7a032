package dev.dunlin.scenarios.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dunlin.engines.Checkout;
import dev.dunlin.generated.ApiClient;
import dev.dunlin.generated.model.ServerFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/openapi.yaml} and {@code docs/protocol.md} describe the same API. */
class ApiDocumentTest {
    private static final Path DOCS = Checkout.fromSystemProperty().root().resolve("docs");
    /** For example {@code `PATCH/DELETE /v1/channels/{c}`}; an ellipsis is the path before. */
    private static final Pattern CALL = Pattern.compile("`([A-Z/]+) ((?:/v1|…)/[^`?\\s]*)");
    /** The page describes what the file cannot: a WebSocket. */
    private static final String WEB_SOCKET = "GET /v1/ws";

    private final ObjectMapper mapper = ApiClient.createDefaultObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE);

    @Test
    void everyCallOfTheProtocolIsAnOperation() throws IOException {
        Set<String> operations = operations();
        assertThat(calls())
                .isNotEmpty()
                .allSatisfy(call -> assertThat(operations).as(call).anyMatch(operation -> isSame(call, operation)));
    }

    @Test
    void everyOperationIsACallOfTheProtocol() throws IOException {
        Set<String> calls = calls();
        assertThat(operations())
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(calls).as(operation).anyMatch(call -> isSame(call, operation)));
    }

    static Stream<Path> frames() throws IOException {
        try (Stream<Path> fixtures = Files.list(DOCS.resolve("protocol/fixtures/server"))) {
            return fixtures.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void everyFrameOfTheProtocolIsInTheDocument(Path fixture) throws IOException {
        String json = Files.readString(fixture);
        Object frame = mapper.readValue(json, ServerFrame.class).getActualInstance();
        assertThat(mapper.readTree(mapper.writeValueAsString(frame)).path("type"))
                .isEqualTo(mapper.readTree(json).path("type"));
    }

    private static Set<String> operations() {
        return ApiDocument.committed().operations().stream()
                .map(operation -> operation.method() + " " + plain(operation.path()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> calls() throws IOException {
        Set<String> calls = new HashSet<>();
        for (MatchResult call : CALL.matcher(Files.readString(DOCS.resolve("protocol.md")))
                .results()
                .toList()) {
            List<String> methods = Arrays.asList(call.group(1).split("/", -1));
            methods.forEach(method -> calls.add(method + " " + plain(call.group(2))));
        }
        calls.remove(WEB_SOCKET);
        return calls;
    }

    private static boolean isSame(String call, String operation) {
        String[] parts = call.split(" …", 2);
        return parts.length == 1
                ? call.equals(operation)
                : operation.startsWith(parts[0] + " ") && operation.endsWith(parts[1]);
    }

    private static String plain(String path) {
        return path.replaceAll("\\{[^}]+}", "{}").replaceAll("channels/[A-Z](/|$)", "channels/{}$1");
    }
}
