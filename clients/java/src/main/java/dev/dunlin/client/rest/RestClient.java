package dev.dunlin.client.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.TokenCache;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.frame.VisibleTo;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.protocol.http.PresenceList;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The suite's REST calls. No method blocks; futures fail with {@link RequestFailed} if the suite
 * refused, and with an {@link java.io.IOException} if it could not be reached. Thread-safe.
 */
public final class RestClient {
    private static final int EVENTS_PER_PAGE = 200;
    private static final String ME = "/v1/presence/me";

    private final Http http;

    /** Calls to {@code origin} ({@code http:} or {@code https:}). */
    public RestClient(HttpClient http, URI origin, TokenCache tokens) {
        this(new Http(http, origin, tokens));
    }

    /** Calls by what others may use, too. */
    public RestClient(Http http) {
        this.http = http;
    }

    /**
     * Creates a channel; the caller is its owner and a member. A channel that exists is as good.
     */
    public CompletableFuture<Void> createChannel(ChannelName channel, List<UserId> members) {
        return call("POST", "/v1/channels", Map.of("channel", channel, "members", members))
                .thenAccept(answer -> {});
    }

    /** Adds a member. */
    public CompletableFuture<Void> addMember(ChannelName channel, UserId user) {
        return call("PUT", memberPath(channel, user), Map.of()).thenAccept(answer -> {});
    }

    /** Removes a member; {@code conflict} for the only owner of a group, who needs a successor. */
    public CompletableFuture<Void> removeMember(ChannelName channel, UserId user) {
        return call("DELETE", memberPath(channel, user), null).thenAccept(answer -> {});
    }

    /**
     * Removes a member. If it is the only owner, {@code successor}, another member, becomes one.
     */
    public CompletableFuture<Void> removeMember(ChannelName channel, UserId user, UserId successor) {
        return call("DELETE", memberPath(channel, user) + "?successor=" + encode(successor.value()), null)
                .thenAccept(answer -> {});
    }

    /**
     * A page of members. {@code cursor} is the {@code next} of the page before; null for the first.
     */
    public CompletableFuture<MemberPage> members(ChannelName channel, @Nullable String cursor) {
        String query = cursor == null ? "" : "?cursor=" + encode(cursor);
        return call("GET", path(channel) + "/members" + query, null)
                .thenApply(answer -> read(answer, MemberPage.class));
    }

    /**
     * The newest {@code limit} messages before a seq, oldest first; before the end if there is
     * none.
     */
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
        return events(channel, after, EVENTS_PER_PAGE);
    }

    /** The first {@code limit} events of the raw log after a seq. */
    public CompletableFuture<EventPage> events(ChannelName channel, long after, int limit) {
        return call("GET", path(channel) + "/events?after=" + after + "&limit=" + limit, null)
                .thenApply(answer -> read(answer, EventPage.class));
    }

    /** Publishes. */
    public CompletableFuture<Published> publish(ChannelName channel, ClientMessageId id, JsonNode data) {
        return publish(new ClientFrame.Publish(null, channel, id, data, null));
    }

    /** Publishes what a frame says. */
    public CompletableFuture<Published> publish(ClientFrame.Publish message) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("id", message.id().value()).set("data", message.data());
        if (message.replyTo() != null) {
            body.put("replyTo", message.replyTo());
        }
        if (message.mentions() != null) {
            body.set("mentions", Json.tree(message.mentions()));
        }
        return call("POST", path(message.channel()) + "/messages", body).thenApply(answer -> {
            JsonNode said = read(answer, JsonNode.class);
            return new Published(said.path("seq").asLong(), said.path("ts").asLong(), answer.statusCode() == 200);
        });
    }

    /**
     * Replaces the data of the message {@code seq}; {@code mentions} null leaves them to its text.
     */
    public CompletableFuture<Change> edit(
            ChannelName channel, long seq, JsonNode data, @Nullable List<UserId> mentions) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.set("data", data);
        if (mentions != null) {
            body.set("mentions", Json.tree(mentions));
        }
        return change("PATCH", messagePath(channel, seq), body);
    }

    /** Deletes the message {@code seq}. */
    public CompletableFuture<Change> delete(ChannelName channel, long seq) {
        return change("DELETE", messagePath(channel, seq), null);
    }

    /** Adds or removes the caller's reaction to the message {@code seq}. */
    public CompletableFuture<Change> react(ChannelName channel, long seq, Emoji emoji, boolean remove) {
        String path = messagePath(channel, seq) + "/reactions/" + encode(emoji.value());
        return change(remove ? "DELETE" : "PUT", path, null);
    }

    /** Moves the caller's read mark forward. */
    public CompletableFuture<Void> read(ChannelName channel, long seq) {
        return call("PUT", path(channel) + "/read", Map.of("seq", seq)).thenAccept(answer -> {});
    }

    /** Sends something ephemeral. */
    public CompletableFuture<Void> signal(ChannelName channel, JsonNode data) {
        return call("POST", path(channel) + "/signals", Map.of("data", data)).thenAccept(answer -> {});
    }

    /**
     * A page of the caller's channels, at most {@code limit}. {@code cursor} is the {@code next} of
     * the page before; null for the first.
     */
    public CompletableFuture<ChannelPage> channels(int limit, @Nullable String cursor) {
        String query = cursor == null ? "" : "&cursor=" + encode(cursor);
        return call("GET", "/v1/channels?limit=" + limit + query, null)
                .thenApply(answer -> read(answer, ChannelPage.class));
    }

    /** Who of a channel is online, where its namespace shows members: at most 200 of them. */
    public CompletableFuture<ChannelPresence> channelPresence(ChannelName channel) {
        return call("GET", path(channel) + "/presence", null).thenApply(answer -> read(answer, ChannelPresence.class));
    }

    /**
     * A page of who is in a channel whose namespace shows subscribers, at most {@code limit}.
     * {@code cursor} is the {@code next} of the page before; null for the first.
     */
    public CompletableFuture<ChannelUsers> channelUsers(ChannelName channel, int limit, @Nullable String cursor) {
        String query = cursor == null ? "" : "&cursor=" + encode(cursor);
        return call("GET", path(channel) + "/presence?limit=" + limit + query, null)
                .thenApply(answer -> read(answer, ChannelUsers.class));
    }

    /** How many users and links are in a channel. */
    public CompletableFuture<ServerFrame.Count> occupancy(ChannelName channel) {
        return call("GET", path(channel) + "/occupancy", null)
                .thenApply(answer -> read(answer, ServerFrame.Count.class));
    }

    /** What the caller says of itself, and who sees its presence. */
    public CompletableFuture<OwnPresence> ownPresence() {
        return call("GET", ME, null).thenApply(RestClient::ownPresence);
    }

    /**
     * Replaces all that the caller says of itself; {@link StatusChoice#NONE} ends it. Completes
     * when it is durable.
     */
    public CompletableFuture<OwnPresence> setStatus(StatusChoice choice) {
        return call("PUT", ME, choice).thenApply(RestClient::ownPresence);
    }

    /** Chooses who sees the caller's presence; null returns to the operator's choice. */
    public CompletableFuture<OwnPresence> setVisibility(@Nullable VisibleTo visibleTo) {
        Object body = visibleTo == null ? Map.of() : Map.of("visibleTo", visibleTo);
        return call("PUT", ME + "/visibility", body).thenApply(RestClient::ownPresence);
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
        return http.call(method, path, body);
    }

    private CompletableFuture<Change> change(String method, String path, @Nullable Object body) {
        return call(method, path, body).thenApply(answer -> {
            JsonNode change = read(answer, JsonNode.class);
            return new Change(change.path("seq").asLong(), change.path("ts").asLong());
        });
    }

    private static String messagePath(ChannelName channel, long seq) {
        return path(channel) + "/messages/" + seq;
    }

    private static OwnPresence ownPresence(HttpResponse<byte[]> answer) {
        Choice choice = read(answer, Choice.class);
        return new OwnPresence(read(answer, UserPresence.class), choice.choice(), choice.visibleTo());
    }

    /** What {@code /v1/presence/me} has beside a presence. */
    private record Choice(StatusChoice choice, VisibleTo visibleTo) {}

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
