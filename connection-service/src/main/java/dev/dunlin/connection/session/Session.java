package dev.dunlin.connection.session;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.link.Link;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One client's session on this node: its user, and where its frames go. The features use it. On the
 * link's loop, unless stated otherwise.
 */
public final class Session extends SessionKey {
    private final Link link;
    private final Outbox outbox;
    private final Device device;
    private volatile Identity identity;
    private volatile boolean open = true;
    private volatile boolean away;
    /** Whether the client was warned that this token expires. */
    private boolean warned;

    public Session(SessionKey id, Identity identity, Device device, Link link, Outbox outbox) {
        super(id);
        this.identity = identity;
        this.device = device;
        this.link = link;
        this.outbox = outbox;
    }

    /** Any thread. */
    public UserId user() {
        return identity.user();
    }

    /** What the client says it runs on. Any thread. */
    public Device device() {
        return device;
    }

    /** What the newest token allows. Any thread. */
    public Identity identity() {
        return identity;
    }

    /** Replaces the token by one of the same user. */
    public void renew(Identity renewed) {
        warned &= renewed.expiresAt() == identity.expiresAt();
        identity = renewed;
    }

    /** The loop on which this session runs. Any thread. */
    public Executor loop() {
        return link.loop();
    }

    /** Any thread. */
    public Link link() {
        return link;
    }

    public Outbox outbox() {
        return outbox;
    }

    /** Whether the link is open. Any thread. */
    public boolean open() {
        return open;
    }

    /** Whether the client said that its user is away. Any thread. */
    public boolean away() {
        return away;
    }

    /** The client said that its user is away, or active again. */
    void away(boolean isAway) {
        away = isAway;
    }

    /** Sends a frame that must arrive. */
    public void send(ServerFrame frame) {
        outbox.offer(Json.write(frame));
    }

    /** Answers with an {@code error} frame. */
    public void refuse(@Nullable Ref ref, ErrorCode code, String message) {
        send(ServerFrame.ErrorReply.of(ref, code, message));
    }

    /**
     * Answers with an {@code error} frame that has everything in the refusal, also the time to
     * wait.
     */
    public void refuse(@Nullable Ref ref, Refusal why) {
        send(new ServerFrame.ErrorReply(
                ref,
                why.code(),
                why.message(),
                why.code().retryable(),
                why.retryAfter() == null ? null : why.retryAfter().toMillis()));
    }

    /** Closes the link. Frames in the outbox are dropped. */
    public void close(CloseCode code, String reason) {
        outbox.close();
        link.close(code, reason);
    }

    /** Warns the client, once for each token, that the token expires soon. */
    public void warnOfExpiry() {
        if (!warned) {
            warned = true;
            send(new ServerFrame.TokenExpiring(identity.expiresAt()));
        }
    }

    /** The link is closed. */
    void ended() {
        open = false;
        outbox.close();
    }
}
