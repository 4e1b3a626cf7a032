package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.catchup.Replay;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.connection.fake.OpenDirectory;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionKey;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Ref;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client's session on a hub that is driven by hand. */
final class ClientFixture {
    static final int MOST_EVENTS = 20;

    final HubFixture hub = new HubFixture();
    final OpenDirectory directory = new OpenDirectory();
    final MemoryLink link = new MemoryLink(hub.loop);
    final Session session = new Session(
            new SessionKey(0, 1),
            new Identity(new UserId("bob"), new TokenGrants(false, List.of()), 0, Long.MAX_VALUE),
            Device.WEB,
            link,
            new Outbox(link, 4_000, hub.metrics));
    final SessionSubscriptions subscriptions = new SessionSubscriptions(
            session,
            new SubscriptionContext(
                    hub.hub,
                    hub.loop,
                    directory,
                    new SubscriptionLimits(2, MOST_EVENTS, 400, new Replay.Patience(6, Duration.ofMillis(50))),
                    SubscriptionListener.NONE,
                    hub.metrics));

    void logOf(long head) {
        hub.log.head(head);
        directory.head(head);
    }

    void subscribe(@Nullable Integer after) {
        subscribe(frame(HubFixture.CHANNEL, after == null ? null : new StreamPosition(null, after)));
    }

    void subscribe(Epoch epoch, long after) {
        subscribe(frame(HubFixture.CHANNEL, new StreamPosition(epoch, after)));
    }

    private void subscribe(ClientFrame.Subscribe frame) {
        subscriptions.handle(frame);
        settle();
    }

    void unsubscribe() {
        subscriptions.handle(new ClientFrame.Unsubscribe(null, HubFixture.CHANNEL));
        hub.loop.run();
    }

    void settle() {
        hub.loop.run();
        hub.bus.confirm(HubFixture.BUS_CHANNEL);
        hub.loop.run();
    }

    /** The link takes everything. */
    void drain() {
        link.room(Integer.MAX_VALUE);
        session.outbox().flush();
        hub.loop.run();
    }

    static ClientFrame.Subscribe frame(ChannelName channel, @Nullable StreamPosition after) {
        return new ClientFrame.Subscribe(Ref.of(1), channel, after);
    }

    /**
     * Checks that what was sent covers every seq after {@code position} once and in order, by
     * itself or in a gap; returns the last.
     */
    long covered(long position) {
        long last = position;
        for (String frame : sent()) {
            if (frame.matches("(gap )?[0-9-]+")) {
                String[] bounds = frame.replace("gap ", "").split("-", -1);
                if (frame.startsWith("gap") && Long.parseLong(bounds[1]) <= last) {
                    continue; // of what was asked for again
                }
                assertThat(Long.parseLong(bounds[0])).as("%s", sent()).isEqualTo(last + 1);
                last = Long.parseLong(bounds[bounds.length - 1]);
            }
        }
        return last;
    }

    /** What the client got, short. */
    List<String> sent() {
        return link.sent().stream().map(ClientFixture::brief).toList();
    }

    private static String brief(String frame) {
        try {
            JsonNode node = Json.parse(frame.getBytes(StandardCharsets.UTF_8));
            return switch (node.path("type").asText()) {
                case "message" -> node.path("seq").asText();
                case "subscribed" ->
                    ("subscribed " + node.path("head").asText() + " "
                                    + node.path("recovered").asText())
                            .strip();
                case "gap" ->
                    "gap " + node.path("from").asText() + "-" + node.path("to").asText();
                case "error" -> "error " + node.path("code").asText();
                default -> node.path("type").asText();
            };
        } catch (InvalidInput e) {
            throw new IllegalStateException(e);
        }
    }
}
