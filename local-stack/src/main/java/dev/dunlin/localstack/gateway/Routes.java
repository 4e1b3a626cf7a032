package dev.dunlin.localstack.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which service answers which path, as section 7 of the protocol says. */
final class Routes {
    /** The OpenAPI document of all of them. */
    static final String API_DOCUMENT = "/openapi.yaml";

    private static final Set<String> LINKS = Set.of("ws", "events", "poll", "tickets");

    private Routes() {}

    /**
     * The service of a request; empty if clients may not have that path.
     *
     * @param path as it stands on the wire, still encoded
     */
    static Optional<Role> find(String path) {
        if (path.equals(API_DOCUMENT)) {
            return Optional.of(Role.MESSAGE);
        }
        if (!path.startsWith("/v1/") || isAmbiguous(path)) {
            return Optional.empty();
        }
        List<String> segments = List.of(path.substring("/v1/".length()).split("/", -1));
        String last = segments.getLast();
        return switch (segments.getFirst()) {
            case String first
            when LINKS.contains(first) -> segments.size() == 1 ? Optional.of(Role.CONNECTION) : Optional.empty();
            case "channels" -> Optional.of(segments.size() == 3 ? ofChannel(last) : Role.MESSAGE);
            case "users" ->
                Optional.of(segments.size() == 3 && last.equals("sessions") ? Role.CONNECTION : Role.MESSAGE);
            case "publish" -> segments.size() == 1 ? Optional.of(Role.MESSAGE) : Optional.empty();
            case "presence" -> Optional.of(Role.PRESENCE);
            case "devices", "push" -> Optional.of(Role.PUSH);
            default -> Optional.empty();
        };
    }

    private static Role ofChannel(String resource) {
        return switch (resource) {
            case "signals" -> Role.CONNECTION;
            case "presence", "occupancy" -> Role.PRESENCE;
            default -> Role.MESSAGE;
        };
    }

    // A service that resolves such a path could come to another one than the gateway did, /internal
    // for example.
    private static boolean isAmbiguous(String path) {
        if (path.contains("//") || path.indexOf('\\') >= 0) {
            return true;
        }
        String decoded = path.toLowerCase(Locale.ROOT)
                .replace("%2e", ".")
                .replace("%2f", "/")
                .replace("%5c", "/");
        for (String segment : decoded.split("/", -1)) {
            // what follows a semicolon are parameters, not the name
            String name = segment.split(";", -1)[0];
            if (name.equals(".") || name.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
