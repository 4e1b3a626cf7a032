package dev.dunlin.client.transport;

import dev.dunlin.client.rest.ChannelPage;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Composes the {@code welcome} of an HTTP link, which has to name the user's memberships although
 * the requests name their channels themselves. On the loop only.
 */
final class HttpWelcome {
    /** Memberships that a link subscribes by itself. */
    static final int MAX_MEMBERSHIPS = 100;

    /** The answer to a poll does not name limits, session and node. */
    private static final ServerFrame.Limits LIMITS = new ServerFrame.Limits(65_536, 100, MAX_MEMBERSHIPS);

    private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(30);
    private static final String UNKNOWN = "-";

    private final UserId user;
    private final Consumer<ServerFrame> listener;
    private List<ServerFrame.Membership> memberships = List.of();
    private boolean leftOut;
    private boolean given;
    private Duration heartbeat = DEFAULT_HEARTBEAT;

    HttpWelcome(UserId user, Consumer<ServerFrame> listener) {
        this.user = user;
        this.listener = listener;
    }

    /** Whether the listener got a {@code welcome}. */
    boolean isGiven() {
        return given;
    }

    /** As in the last {@code welcome} of the server, or its default. */
    Duration heartbeat() {
        return heartbeat;
    }

    /** Adds the user's memberships to the channels of the requests, as far as there is room. */
    void join(ChannelPage page, AskedChannels channels) {
        List<ChannelPage.Summary> joined = page.channels().stream()
                .filter(summary -> channels.add(summary.channel()))
                .toList();
        leftOut = joined.size() < page.channels().size() || page.next() != null;
        memberships = joined.stream()
                .filter(summary -> summary.epoch() != null)
                .map(HttpWelcome::membership)
                .toList();
    }

    /** The transport works: gives a {@code welcome} once, for servers that send none. */
    void give() {
        if (!given) {
            give(new ServerFrame.Welcome(
                    new SessionId(UNKNOWN),
                    user,
                    new NodeId(UNKNOWN),
                    (int) heartbeat.toSeconds(),
                    LIMITS,
                    memberships));
        }
    }

    /** Passes on a {@code welcome} of the server, with the memberships. */
    void pass(ServerFrame.Welcome sent) {
        if (sent.heartbeat() > 0) {
            heartbeat = Duration.ofSeconds(sent.heartbeat());
        }
        give(new ServerFrame.Welcome(
                sent.session(), sent.user(), sent.node(), sent.heartbeat(), sent.limits(), memberships, sent.more()));
    }

    private void give(ServerFrame.Welcome welcome) {
        boolean first = !given;
        given = true;
        listener.accept(welcome);
        if (first && leftOut) {
            String message = "only " + MAX_MEMBERSHIPS + " channels fit without a WebSocket";
            listener.accept(ServerFrame.ErrorReply.of(null, ErrorCode.OVERLOADED, message));
        }
    }

    private static ServerFrame.Membership membership(ChannelPage.Summary of) {
        return new ServerFrame.Membership(
                of.channel(),
                Objects.requireNonNull(of.epoch(), "filtered before"),
                of.head(),
                of.read(),
                of.unread(),
                of.mentions());
    }
}
