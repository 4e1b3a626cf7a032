package dev.dunlin.connection.session;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.link.Link;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What one client has open on this node: who it is and where frames go. What it does with them are features. On the link's loop, unless said otherwise. */
public final class Session {
    private final SessionId id;
    private final Link link;
    private final Outbox outbox;
    private volatile Identity identity;
    private volatile boolean open = true;
    private long warnedOf;

    public Session(SessionId id, Identity identity, Link link, Outbox outbox) {
        this.id = id;
        this.identity = identity;
        this.link = link;
        this.outbox = outbox;
    }

    /** Any thread. */
    public SessionId id() {
        return id;
    }

    /** Any thread. */
    public UserId user() {
        return identity.user();
    }

    /** What the newest token allows. Any thread. */
    public Identity identity() {
        return identity;
    }

    /** Takes the place of the old token; the user must be the same. */
    public void renew(Identity renewed) {
        identity = renewed;
    }

    /** The loop on which this session lives. Any thread. */
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

    /** Whether the link still stands. Any thread. */
    public boolean open() {
        return open;
    }

    /** Sends a frame that must arrive. */
    public void send(ServerFrame frame) {
        outbox.offer(Json.write(frame));
    }

    /** Answers with an {@code error} frame. */
    public void refuse(@Nullable Ref ref, ErrorCode code, String message) {
        send(ServerFrame.ErrorReply.of(ref, code, message));
    }

    /** Answers with an {@code error} frame that has all that the refusal says, the time to wait too. */
    public void refuse(@Nullable Ref ref, Refusal why) {
        send(new ServerFrame.ErrorReply(
                ref,
                why.code(),
                why.message(),
                why.code().retryable(),
                why.retryAfter() == null ? null : why.retryAfter().toMillis()));
    }

    /** Closes the link; what waits in the outbox is not sent any more. */
    public void close(CloseCode code, String reason) {
        outbox.close();
        link.close(code, reason);
    }

    /** Tells the client, once for each token, that it is about to end. */
    public void warnOfExpiry() {
        long expiresAt = identity.expiresAt();
        if (warnedOf != expiresAt) {
            warnedOf = expiresAt;
            send(new ServerFrame.TokenExpiring(expiresAt));
        }
    }

    /** The link is gone. */
    void ended() {
        open = false;
        outbox.close();
    }
}
