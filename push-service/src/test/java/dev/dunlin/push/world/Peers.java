package dev.dunlin.push.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.protocol.http.MembershipList;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.http.Problem;
import dev.dunlin.protocol.http.PushMode;
import dev.dunlin.protocol.http.TextList;
import dev.dunlin.protocol.http.TextQuery;
import dev.dunlin.protocol.http.UnreadList;
import dev.dunlin.protocol.http.UnreadQuery;
import dev.dunlin.protocol.http.UsersQuery;
import dev.dunlin.protocol.kafka.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What push-service asks of message-service and presence-service, answered over real HTTP. Members
 * come two a page. The namespaces {@code group} and {@code dm} notify, and {@code team} of
 * mentions.
 */
public final class Peers implements AutoCloseable {
    private static final Pattern ACCESS = Pattern.compile("/internal/channels/([^/]+)/access");
    private static final Pattern CHANNELS = Pattern.compile("/internal/users/([^/]+)/channels");
    private static final Pattern MEMBERS = Pattern.compile("/internal/channels/([^/]+)/members");
    private static final int PAGE = 2;
    private static final Epoch EPOCH = new Epoch("e1");

    private final HttpServer server;
    private final Map<String, List<String>> members = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> texts = new ConcurrentHashMap<>();
    private final Set<String> online = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> away = new ConcurrentHashMap<>();
    private final Set<String> dnd = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final Set<String> comingBack = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean down = new AtomicBoolean();

    private Peers(HttpServer server) {
        this.server = server;
    }

    /** Starts them on a free port. */
    public static Peers start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Peers peers = new Peers(server);
        server.createContext("/", peers::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return peers;
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public void channel(String channel, String... users) {
        members.put(channel, List.of(users));
    }

    /** Sets the content of a message. */
    public void says(String channel, long seq, String text) {
        texts.put(channel + " " + seq, TextNode.valueOf(text));
    }

    /** Deletes a message. */
    public void takesBack(String channel, long seq) {
        texts.remove(channel + " " + seq);
    }

    public void online(String user) {
        online.add(user);
    }

    /** Whether it is online is not known, until {@link #known}. */
    public void unknown(String user) {
        unknown.add(user);
    }

    /** It is known again that the user is offline. */
    public void known(String user) {
        unknown.remove(user);
    }

    /** It is away since then, in milliseconds since 1970. */
    public void away(String user, long since) {
        away.put(user, since);
    }

    /** It does not want to be disturbed. */
    public void dnd(String user) {
        dnd.add(user);
    }

    /** How often a path was called since {@link #forgetCalls}. */
    public int calls(String path) {
        return calls.getOrDefault(path, 0);
    }

    public void forgetCalls() {
        calls.clear();
    }

    /** Is offline when next asked for, and online ever after. */
    public void comesBack(String user) {
        comingBack.add(user);
    }

    /** From now on every call is answered with 503, or not any more. */
    public void down(boolean isDown) {
        down.set(isDown);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Object answer;
            try {
                answer = answer(exchange);
            } catch (InvalidInput e) {
                answer = Problem.of(e.code(), String.valueOf(e.getMessage()));
            }
            byte[] body = Json.write(answer);
            boolean problem = answer instanceof Problem;
            exchange.getResponseHeaders().set("Content-Type", problem ? Problem.MEDIA_TYPE : "application/json");
            exchange.sendResponseHeaders(answer instanceof Problem p ? p.status() : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Object answer(HttpExchange exchange) throws IOException, InvalidInput {
        if (down.get()) {
            return Problem.of(ErrorCode.UNAVAILABLE, "down");
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer ey")) {
            return Problem.of(ErrorCode.UNAUTHENTICATED, "no token");
        }
        String path = exchange.getRequestURI().getPath();
        calls.merge(path, 1, Integer::sum);
        Matcher channels = CHANNELS.matcher(path);
        Map<String, List<String>> query = query(exchange.getRequestURI().getRawQuery());
        Matcher access = ACCESS.matcher(path);
        Matcher page = MEMBERS.matcher(path);
        if (path.equals("/internal/texts")) {
            return texts(exchange);
        }
        if (path.equals("/internal/unread")) {
            UnreadQuery unread = Json.read(exchange.getRequestBody().readAllBytes(), UnreadQuery.class);
            return new UnreadList(unread.asked().stream()
                    .map(_ -> new UnreadList.Unread(12, 5))
                    .toList());
        }
        if (channels.matches()) {
            return new MembershipList(members.entrySet().stream()
                    .filter(channel -> channel.getValue().contains(channels.group(1)))
                    .map(channel -> new ServerFrame.Membership(new ChannelName(channel.getKey()), EPOCH, 0, 0, 0))
                    .toList());
        }
        if (access.matches()) {
            return access(access.group(1), query.getOrDefault("user", List.of()).getFirst());
        }
        if (page.matches()) {
            return page(page.group(1), query);
        }
        if (!path.equals("/internal/presence")) {
            return Problem.of(ErrorCode.NOT_FOUND, path);
        }
        UsersQuery asked = Json.read(exchange.getRequestBody().readAllBytes(), UsersQuery.class);
        Map<UserId, Long> since = new ConcurrentHashMap<>();
        away.forEach((user, at) -> since.put(new UserId(user), at));
        return new PresenceList(asked.users().stream().map(this::presence).toList(), null, since);
    }

    private UserPresence presence(UserId user) {
        Boolean disturbs = dnd.contains(user.value()) ? true : null;
        return new UserPresence(user, status(user.value()), null, null, disturbs, null, null, null);
    }

    private Status status(String user) {
        if (away.containsKey(user)) {
            return Status.AWAY;
        }
        if (unknown.contains(user)) {
            return Status.UNKNOWN;
        }
        if (comingBack.remove(user)) {
            online.add(user);
            return Status.OFFLINE;
        }
        return online.contains(user) ? Status.ONLINE : Status.OFFLINE;
    }

    private Object texts(HttpExchange exchange) {
        try {
            TextQuery query = Json.read(exchange.getRequestBody().readAllBytes(), TextQuery.class);
            return new TextList(query.asked().stream().map(this::text).toList());
        } catch (IOException | InvalidInput e) {
            return Problem.of(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private TextList.Text text(TextQuery.Asked asked) {
        List<String> inIt = members.getOrDefault(asked.channel().value(), List.of());
        JsonNode text = texts.getOrDefault(asked.channel() + " " + asked.seq(), NullNode.getInstance());
        return new TextList.Text(
                text,
                text.isNull()
                        ? List.of()
                        : asked.users().stream()
                                .filter(user -> inIt.contains(user.value()))
                                .toList());
    }

    private Object access(String channel, String user) {
        if (!members.getOrDefault(channel, List.of()).contains(user)) {
            return Problem.of(ErrorCode.FORBIDDEN, "no member");
        }
        PushMode mode = mode(new ChannelName(channel).namespace());
        return new ChannelAccess(
                new ChannelName(channel),
                true,
                true,
                mode != PushMode.NONE,
                EPOCH,
                9,
                4,
                65536,
                true,
                true,
                true,
                false,
                1,
                null,
                null,
                mode);
    }

    private static PushMode mode(String namespace) {
        return switch (namespace) {
            case "group", "dm" -> PushMode.ALL;
            case "team" -> PushMode.MENTIONS;
            default -> PushMode.NONE;
        };
    }

    private Object page(String channel, Map<String, List<String>> query) {
        List<String> all = members.getOrDefault(channel, List.of());
        int from = Integer.parseInt(query.getOrDefault("cursor", List.of("0")).getFirst());
        int to = Math.min(all.size(), from + PAGE);
        return new MemberPage(
                all.subList(from, to).stream()
                        .map(user -> new MemberPage.Member(new UserId(user), Role.MEMBER, 0))
                        .toList(),
                to < all.size() ? Integer.toString(to) : null);
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new ConcurrentHashMap<>();
        Arrays.stream((raw == null ? "" : raw).split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> query.merge(
                        pair[0],
                        List.of(URLDecoder.decode(pair[1], UTF_8)),
                        (one, other) ->
                                Stream.concat(one.stream(), other.stream()).toList()));
        return query;
    }
}
