package dev.dunlin.scenarios.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A path of a service and the methods that it has.
 *
 * @param process the process of the local stack that answers
 * @param path as OpenAPI has it, with its parameters in braces
 */
public record Route(String process, String path, Set<String> methods) {
    private static final Set<String> STREAMS = Set.of("/v1/events", "/v1/poll");

    /** All routes of all services, as the OpenAPI documents of their builds list them. */
    public static List<Route> ofAllServices() {
        List<Route> all = new ArrayList<>();
        read("connection-service", "connection-1", all);
        for (String service : List.of("message-service", "presence-service", "push-service")) {
            read(service, service, all);
        }
        for (String stream : List.of("/v1/events?channel=room:any", "/v1/poll?channel=room:any&timeout=1", "/v1/ws")) {
            all.add(new Route("connection-1", stream, Set.of("GET", "OPTIONS")));
        }
        return all;
    }

    /** The path with these values in place of its parameters. */
    public String at(String channel, String user) {
        return path.replace("{channel}", channel)
                .replace("{user}", user)
                .replace("{seq}", "1")
                .replace("{emoji}", "%F0%9F%91%8D")
                .replace("{id}", "00000000-0000-0000-0000-000000000000");
    }

    /** Whether only other services call it, on the management port. */
    public boolean internal() {
        return path.startsWith("/internal/");
    }

    private static void read(String service, String process, List<Route> into) {
        for (String document : List.of("openapi.json", "openapi-internal.json")) {
            read(service, document, process, into);
        }
    }

    private static void read(String service, String document, String process, List<Route> into) {
        JsonNode paths = Replies.json(text(service, document)).path("paths");
        paths.properties().stream()
                .filter(path -> !STREAMS.contains(path.getKey()))
                .forEach(path -> {
                    Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
                    path.getValue().fieldNames().forEachRemaining(name -> methods.add(name.toUpperCase(Locale.ROOT)));
                    if (methods.contains("GET")) {
                        methods.add("HEAD");
                    }
                    into.add(new Route(process, path.getKey(), methods));
                });
    }

    private static String text(String service, String document) {
        try {
            return Files.readString(
                    Checkout.fromSystemProperty()
                            .root()
                            .resolve(service)
                            .resolve("target/openapi")
                            .resolve(document),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
