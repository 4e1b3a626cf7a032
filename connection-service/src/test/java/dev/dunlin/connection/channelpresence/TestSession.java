package dev.dunlin.connection.channelpresence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionKey;
import dev.dunlin.connection.subscription.SubscribedSession;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client in one channel, which keeps what it is sent as a client library does. */
final class TestSession implements SubscribedSession {
    private final ChannelName channel;
    private final MemoryLink link;
    private final Session session;
    private boolean granted = true;
    private boolean ended;
    private int read;
    /** User -> data and since; null until a sync, and while the channel is shown partially. */
    private @Nullable Map<String, String> users;

    private boolean partial;
    private boolean refused;
    private @Nullable String occupancy;

    TestSession(ChannelName channel, String user, int number, HubLoop loop, int outboxBytes) {
        this.channel = channel;
        this.link = new MemoryLink(loop);
        this.session = new Session(
                new SessionKey(0, number),
                new Identity(new UserId(user), new TokenGrants(false, List.of()), 0, Long.MAX_VALUE),
                Device.WEB,
                link,
                new Outbox(link, outboxBytes, new CountingMetrics()));
    }

    MemoryLink link() {
        return link;
    }

    /** The link takes everything again. */
    void drain() {
        link.room(Integer.MAX_VALUE);
        session.outbox().flush();
    }

    void granted(boolean isGranted) {
        granted = isGranted;
    }

    void end() {
        granted = false;
        ended = true;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public ChannelName channel() {
        return channel;
    }

    @Override
    public boolean granted() {
        return granted;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    /** The frames since the last look. */
    List<JsonNode> frames() {
        List<JsonNode> frames = new ArrayList<>();
        for (; read < link.sent().size(); read++) {
            try {
                JsonNode frame = Json.parse(link.sent().get(read).getBytes(StandardCharsets.UTF_8));
                apply(frame);
                frames.add(frame);
            } catch (InvalidInput e) {
                throw new IllegalStateException(e);
            }
        }
        return frames;
    }

    private void apply(JsonNode frame) {
        switch (frame.path("type").asText()) {
            case "error" -> refused = true;
            case "presence_sync" -> {
                refused = false;
                users = new TreeMap<>();
                partial = frame.path("partial").asBoolean();
                put(frame.path("users"));
                occupancy(frame.path("occupancy"));
            }
            case "presence_diff" -> {
                put(frame.path("entered"));
                put(frame.path("updated"));
                frame.path("left").forEach(user -> map().remove(user.asText()));
            }
            case "occupancy" -> occupancy(frame);
            default -> {}
        }
    }

    private void put(JsonNode all) {
        all.forEach(
                user -> map().put(user.path("user").asText(), user.path("since").asText() + user.path("data")));
    }

    private Map<String, String> map() {
        if (users == null) {
            users = new TreeMap<>();
        }
        return users;
    }

    private void occupancy(JsonNode count) {
        occupancy = count.path("users").asText() + "/" + count.path("links").asText();
    }

    /** User -> since and data, as the client knows them. */
    Map<String, String> users() {
        frames();
        return map();
    }

    /** Whether the last sync was refused. */
    boolean refused() {
        frames();
        return refused;
    }

    boolean partial() {
        frames();
        return partial;
    }

    /** Users and links, as the client knows them. */
    @Nullable
    String occupancy() {
        frames();
        return occupancy;
    }
}
