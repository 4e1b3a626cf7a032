package dev.dunlin.presence.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plays message-service. A channel's name says what it is: {@code group:with:USER:USER…} has those
 * members and is open to them, {@code group:crowd} has 450 ({@code member-1} …), {@code group:shut}
 * is for nobody, {@code room:quiet} shows no presence, {@code group:broken} fails, any other is not
 * there. Every user is a contact of every other, except those called {@code stranger-…}; of them
 * {@code stranger-member-…} are in a channel with everybody. Users called {@code blocker-…} block
 * everybody.
 */
public final class MessageServicePeer implements QuarkusTestResourceLifecycleManager {
    private static final int CROWD = 450;

    private final HttpServer server;

    /** Binds a free port. */
    public MessageServicePeer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> start() {
        server.createContext("/", this::answer);
        server.start();
        return Map.of(
                "quarkus.rest-client.message-service.url",
                "http://localhost:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        Map<String, String> query = query(exchange.getRequestURI().getQuery());
        String token = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
        if (!token.startsWith("Bearer ey")) {
            respond(exchange, 401, "{}");
        } else if (path.length == 3 && path[2].equals("relations")) {
            relations(exchange);
        } else if (path[1].equals("internal") && path[4].equals("access")) {
            access(exchange, path[3], query.getOrDefault("user", ""));
        } else if (path[1].equals("internal") && path[4].equals("members")) {
            members(exchange, path[3], query);
        } else {
            respond(exchange, 404, "{}");
        }
    }

    private static void relations(HttpExchange exchange) throws IOException {
        List<String> users = new ArrayList<>();
        new ObjectMapper()
                .readTree(exchange.getRequestBody())
                .get("users")
                .forEach(user -> users.add(user.textValue()));
        respond(
                exchange,
                200,
                "{\"contacts\":%s,\"members\":%s,\"blocking\":%s}"
                        .formatted(
                                list(users, user -> !user.startsWith("stranger-")),
                                list(users, user -> user.startsWith("stranger-member-")),
                                list(users, user -> user.startsWith("blocker-"))));
    }

    private static String list(List<String> users, Predicate<String> which) {
        return users.stream().filter(which).map(user -> "\"" + user + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    private static void access(HttpExchange exchange, String channel, String user) throws IOException {
        if (channel.equals("group:broken")) {
            respond(exchange, 500, "{}");
        } else if (channel.equals("group:shut")) {
            respond(exchange, 403, "{}");
        } else if (channel.equals("room:quiet") || channel.equals("group:crowd")) {
            respond(exchange, 200, access(channel, channel.startsWith("group:"), true));
        } else if (channel.startsWith("open:")) {
            respond(exchange, 200, shown(channel));
        } else if (channel.startsWith("group:with:")) {
            respond(exchange, 200, access(channel, true, users(channel).contains(user)));
        } else {
            respond(exchange, 404, "{}");
        }
    }

    private static String access(String channel, boolean presence, boolean open) {
        return """
                {"channel":"%s","durable":true,"presence":%s,"push":true,"epoch":"e1","head":3,"read":0,
                 "maxMessageBytes":65536,"subscribe":%s,"publish":true,"member":true}""".formatted(channel, presence, open);
    }

    /** {@code open:MODE:…} is open to all, and shows what its mode says. */
    private static String shown(String channel) {
        return access(channel, false, true)
                .replace("\"push\"", "\"presenceMode\":\"" + channel.split(":", -1)[1] + "\",\"push\"");
    }

    private static void members(HttpExchange exchange, String channel, Map<String, String> query) throws IOException {
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int limit = Integer.parseInt(query.getOrDefault("limit", "50"));
        List<String> users = users(channel);
        String page = users.stream()
                .skip(from)
                .limit(limit)
                .map(user -> "{\"user\":\"" + user + "\",\"role\":\"member\",\"since\":1}")
                .collect(Collectors.joining(",", "{\"members\":[", "]"));
        boolean more = from + limit < users.size();
        respond(exchange, 200, page + (more ? ",\"next\":\"" + (from + limit) + "\"}" : "}"));
    }

    private static List<String> users(String channel) {
        if (channel.equals("group:crowd")) {
            return IntStream.rangeClosed(1, CROWD).mapToObj(i -> "member-" + i).toList();
        }
        return channel.startsWith("group:with:")
                ? List.of(channel.substring("group:with:".length()).split(":", -1))
                : List.of("anybody");
    }

    private static Map<String, String> query(String query) {
        return query == null
                ? Map.of()
                : List.of(query.split("&", -1)).stream()
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
