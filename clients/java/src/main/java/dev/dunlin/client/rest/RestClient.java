package dev.dunlin.client.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.TokenCache;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.http.Problem;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The suite's REST calls. No method blocks; futures fail with {@link RequestFailed} if the suite refused, and with an {@link
 * java.io.IOException} if it could not be reached. Thread-safe.
 */
public final class RestClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int EVENTS_PER_PAGE = 200;

    private final HttpClient http;
    private final String origin;
    private final TokenCache tokens;

    public RestClient(HttpClient http, URI origin, TokenCache tokens) {
        this.http = http;
        this.origin = origin.toString().replaceFirst("/$", "");
        this.tokens = tokens;
    }

    /** Creates a channel; the caller is its owner and a member. A channel that exists is as good. */
    public CompletableFuture<Void> createChannel(ChannelName channel, List<UserId> members) {
        return call("POST", "/v1/channels", Map.of("channel", channel, "members", members))
                .thenAccept(answer -> {});
    }

    /** Adds a member. */
    public CompletableFuture<Void> addMember(ChannelName channel, UserId user) {
        return call("PUT", memberPath(channel, user), Map.of()).thenAccept(answer -> {});
    }

    /** Removes a member. */
    public CompletableFuture<Void> removeMember(ChannelName channel, UserId user) {
        return call("DELETE", memberPath(channel, user), null).thenAccept(answer -> {});
    }

    /** A page of members. {@code cursor} is the {@code next} of the page before; null for the first. */
    public CompletableFuture<MemberPage> members(ChannelName channel, @Nullable String cursor) {
        String query = cursor == null ? "" : "?cursor=" + encode(cursor);
        return call("GET", path(channel) + "/members" + query, null)
                .thenApply(answer -> read(answer, MemberPage.class));
    }

    /** The newest {@code limit} messages before a seq, oldest first; before the end if there is none. */
    public CompletableFuture<HistoryPage> messagesBefore(ChannelName channel, OptionalLong before, int limit) {
        String query = before.isPresent() ? "&before=" + before.getAsLong() : "";
        return call("GET", path(channel) + "/messages?limit=" + limit + query, null)
                .thenApply(answer -> read(answer, HistoryPage.class));
    }

    /** The first {@code limit} messages after a seq, oldest first. */
    public CompletableFuture<HistoryPage> messagesAfter(ChannelName channel, long after, int limit) {
        return call("GET", path(channel) + "/messages?limit=" + limit + "&after=" + after, null)
                .thenApply(answer -> read(answer, HistoryPage.class));
    }

    /** The first events of the raw log after a seq. */
    public CompletableFuture<EventPage> events(ChannelName channel, long after) {
        return call("GET", path(channel) + "/events?after=" + after + "&limit=" + EVENTS_PER_PAGE, null)
                .thenApply(answer -> read(answer, EventPage.class));
    }

    /** Publishes. */
    public CompletableFuture<Published> publish(ChannelName channel, ClientMessageId id, JsonNode data) {
        return call("POST", path(channel) + "/messages", Map.of("id", id, "data", data))
                .thenApply(answer ->
                        new Published(read(answer, JsonNode.class).path("seq").asLong(), answer.statusCode() == 200));
    }

    /** The presence of users. */
    public CompletableFuture<List<UserPresence>> presence(List<UserId> users) {
        String query =
                users.stream().map(user -> "user=" + encode(user.value())).collect(Collectors.joining("&"));
        return call("GET", "/v1/presence?" + query, null)
                .thenApply(answer -> read(answer, PresenceList.class).users());
    }

    /** Registers a device as {@code docs/protocol.md} describes it; the answer holds its id. */
    public CompletableFuture<JsonNode> registerDevice(JsonNode device) {
        return call("POST", "/v1/devices", device).thenApply(answer -> read(answer, JsonNode.class));
    }

    /** Removes a device. */
    public CompletableFuture<Void> removeDevice(String id) {
        return call("DELETE", "/v1/devices/" + encode(id), null).thenAccept(answer -> {});
    }

    private CompletableFuture<HttpResponse<byte[]>> call(String method, String path, @Nullable Object body) {
        return tokens.current()
                .thenCompose(token -> exchange(method, path, body, token))
                .thenCompose(answer -> answer.statusCode() == ErrorCode.UNAUTHENTICATED.httpStatus()
                        ? tokens.renew().thenCompose(token -> exchange(method, path, body, token))
                        : CompletableFuture.completedFuture(answer))
                .thenApply(RestClient::requireSuccess);
    }

    private CompletableFuture<HttpResponse<byte[]>> exchange(
            String method, String path, @Nullable Object body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> requireSuccess(HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 == 2) {
            return answer;
        }
        try {
            Problem problem = Json.read(answer.body(), Problem.class);
            throw new RequestFailed(problem.code(), problem.detail());
        } catch (InvalidInput noProblem) {
            ErrorCode code = answer.statusCode() >= 500 ? ErrorCode.UNAVAILABLE : ErrorCode.BAD_REQUEST;
            throw new RequestFailed(
                    code,
                    "status " + answer.statusCode() + " of " + answer.uri().getPath());
        }
    }

    private static <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
        try {
            return Json.read(answer.body(), type);
        } catch (InvalidInput e) {
            throw new CompletionException(new RequestFailed(
                    ErrorCode.INTERNAL,
                    answer.uri().getPath() + " answered what is not understood: " + e.getMessage()));
        }
    }

    private static String path(ChannelName channel) {
        return "/v1/channels/" + encode(channel.value());
    }

    private static String memberPath(ChannelName channel, UserId user) {
        return path(channel) + "/members/" + encode(user.value());
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
