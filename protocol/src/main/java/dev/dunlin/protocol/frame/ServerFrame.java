package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A frame to a client, {@code docs/protocol.md} section 5. Fields that may be absent are nullable.
 * Every {@code ts}, {@code since} and {@code lastSeen} is in milliseconds since 1970.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerFrame.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = ServerFrame.Subscribed.class, name = "subscribed"),
    @JsonSubTypes.Type(value = ServerFrame.Unsubscribed.class, name = "unsubscribed"),
    @JsonSubTypes.Type(value = ServerFrame.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = ServerFrame.Authenticated.class, name = "authenticated"),
    @JsonSubTypes.Type(value = ServerFrame.PresenceState.class, name = "presence_state"),
    @JsonSubTypes.Type(value = ServerFrame.ErrorReply.class, name = "error"),
    @JsonSubTypes.Type(value = ServerFrame.Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = ServerFrame.Message.class, name = "message"),
    @JsonSubTypes.Type(value = ServerFrame.Edited.class, name = "edited"),
    @JsonSubTypes.Type(value = ServerFrame.Deleted.class, name = "deleted"),
    @JsonSubTypes.Type(value = ServerFrame.Reacted.class, name = "reacted"),
    @JsonSubTypes.Type(value = ServerFrame.MemberJoined.class, name = "member_joined"),
    @JsonSubTypes.Type(value = ServerFrame.MemberLeft.class, name = "member_left"),
    @JsonSubTypes.Type(value = ServerFrame.Signal.class, name = "signal"),
    @JsonSubTypes.Type(value = ServerFrame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = ServerFrame.Read.class, name = "read"),
    @JsonSubTypes.Type(value = ServerFrame.Received.class, name = "received"),
    @JsonSubTypes.Type(value = ServerFrame.Presence.class, name = "presence"),
    @JsonSubTypes.Type(value = ServerFrame.PresenceAck.class, name = "presence_ack"),
    @JsonSubTypes.Type(value = ServerFrame.PresenceSync.class, name = "presence_sync"),
    @JsonSubTypes.Type(value = ServerFrame.PresenceDiff.class, name = "presence_diff"),
    @JsonSubTypes.Type(value = ServerFrame.Occupancy.class, name = "occupancy"),
    @JsonSubTypes.Type(value = ServerFrame.Gap.class, name = "gap"),
    @JsonSubTypes.Type(value = ServerFrame.GoAway.class, name = "goaway"),
    @JsonSubTypes.Type(value = ServerFrame.TokenExpiring.class, name = "token_expiring")
})
public sealed interface ServerFrame {
    /** A reply: it repeats the ref of the frame that it answers. */
    sealed interface Reply extends ServerFrame {
        @Nullable
        Ref ref();
    }

    /** An event of one channel. */
    sealed interface ChannelFrame extends ServerFrame {
        ChannelName channel();
    }

    /** An event of a channel's durable log, with a seq. */
    sealed interface LogEvent extends ChannelFrame {
        long seq();

        /** Who caused it. */
        UserId by();

        long ts();
    }

    /** An event of a channel that is not part of its log. */
    sealed interface EphemeralEvent extends ChannelFrame {
        UserId from();
    }

    /**
     * The first frame on a link. {@code heartbeat} is in seconds. {@code more} is true if the user
     * has more channels than a session may subscribe to.
     */
    record Welcome(
            SessionId session,
            UserId user,
            NodeId node,
            int heartbeat,
            Limits limits,
            @Nullable List<Membership> channels,
            @Nullable Boolean more)
            implements ServerFrame {
        public Welcome(
                SessionId session,
                UserId user,
                NodeId node,
                int heartbeat,
                Limits limits,
                @Nullable List<Membership> channels) {
            this(session, user, node, heartbeat, limits, channels, null);
        }
    }

    record Limits(int maxMessageBytes, int publishPerSecond, int subscriptions) {}

    /**
     * One of the user's channels.
     *
     * @param unread events after {@code read} that are not the user's own
     * @param mentions messages among them that mention the user
     * @param from the oldest seq that the user may see; absent if it may see all
     */
    record Membership(
            ChannelName channel,
            Epoch epoch,
            long head,
            long read,
            long unread,
            long mentions,
            @Nullable Long from) {
        public Membership(ChannelName channel, Epoch epoch, long head, long read, long unread) {
            this(channel, epoch, head, read, unread, 0, null);
        }

        public Membership(ChannelName channel, Epoch epoch, long head, long read, long unread, long mentions) {
            this(channel, epoch, head, read, unread, mentions, null);
        }

        /** The same with {@code from}, which stays absent if nothing is before it. */
        public Membership seenFrom(long first) {
            return new Membership(channel, epoch, head, read, unread, mentions, first > 1 ? first : null);
        }
    }

    /**
     * {@code epoch} and {@code head} are absent for an ephemeral channel; {@code from} and
     * {@code recovered} are absent unless a position was given.
     */
    record Subscribed(
            @Nullable Ref ref,
            ChannelName channel,
            @Nullable Epoch epoch,
            @Nullable Long head,
            @Nullable Long from,
            @Nullable Boolean recovered)
            implements Reply {}

    record Unsubscribed(@Nullable Ref ref, ChannelName channel) implements Reply {}

    /** {@code id} is absent on replies to edit, delete and react. */
    record Ack(
            @Nullable Ref ref,
            ChannelName channel,
            @Nullable ClientMessageId id,
            long seq,
            long ts) implements Reply {}

    /** {@code expiresAt}: when the new token expires. */
    record Authenticated(@Nullable Ref ref, long expiresAt) implements Reply {}

    /** {@code more} is true if the user has more contacts than a session may watch. */
    record PresenceState(
            @Nullable Ref ref,
            List<UserPresence> users,
            @Nullable Boolean more) implements Reply {
        public PresenceState(@Nullable Ref ref, List<UserPresence> users) {
            this(ref, users, null);
        }
    }

    /** Answers {@code enter}, {@code update}, {@code leave}, and the end of following. */
    record PresenceAck(@Nullable Ref ref, ChannelName channel) implements Reply {}

    /**
     * Everybody who is in the channel. {@code partial}: it has too many users to name, and no
     * changes follow but {@code occupancy}. Without a ref it replaces what was sent before.
     */
    record PresenceSync(
            @Nullable Ref ref,
            ChannelName channel,
            List<ChannelUser> users,
            Count occupancy,
            @Nullable Boolean partial) implements Reply {}

    /** How many users are in a channel, with how many links. */
    record Count(int users, int links) {}

    record ErrorReply(
            @Nullable Ref ref,
            ErrorCode code,
            String message,
            boolean retryable,
            @Nullable Long retryAfterMs) implements Reply {
        public static ErrorReply of(@Nullable Ref ref, ErrorCode code, String message) {
            return new ErrorReply(ref, code, message, code.retryable(), null);
        }
    }

    record Pong(@Nullable Ref ref) implements Reply {}

    /**
     * {@code edited}: the time of the last edit. {@code reactions} maps each emoji to the users who
     * reacted. {@code mentions}: the users whom the message mentions. A deleted message has null
     * data, also in the raw log.
     */
    record Message(
            ChannelName channel,
            long seq,
            ClientMessageId id,
            UserId from,
            long ts,
            JsonNode data,
            @Nullable Long replyTo,
            @Nullable Long edited,
            @Nullable Boolean deleted,
            @Nullable Map<String, List<UserId>> reactions,
            @Nullable List<UserId> mentions)
            implements LogEvent {
        public Message(
                ChannelName channel,
                long seq,
                ClientMessageId id,
                UserId from,
                long ts,
                JsonNode data,
                @Nullable Long replyTo,
                @Nullable Long edited,
                @Nullable Boolean deleted,
                @Nullable Map<String, List<UserId>> reactions) {
            this(channel, seq, id, from, ts, data, replyTo, edited, deleted, reactions, null);
        }

        @Override
        public UserId by() {
            return from;
        }
    }

    /** {@code deleted} is true, and the data null, if the message was deleted later. */
    record Edited(
            ChannelName channel,
            long seq,
            long target,
            UserId from,
            long ts,
            JsonNode data,
            @Nullable List<UserId> mentions,
            @Nullable Boolean deleted)
            implements LogEvent {
        public Edited(ChannelName channel, long seq, long target, UserId from, long ts, JsonNode data) {
            this(channel, seq, target, from, ts, data, null, null);
        }

        @Override
        public UserId by() {
            return from;
        }
    }

    record Deleted(ChannelName channel, long seq, long target, UserId from, long ts) implements LogEvent {
        @Override
        public UserId by() {
            return from;
        }
    }

    record Reacted(
            ChannelName channel,
            long seq,
            long target,
            UserId from,
            long ts,
            Emoji emoji,
            @Nullable Boolean remove) implements LogEvent {
        @Override
        public UserId by() {
            return from;
        }
    }

    record MemberJoined(ChannelName channel, long seq, UserId user, UserId by, long ts) implements LogEvent {}

    record MemberLeft(ChannelName channel, long seq, UserId user, UserId by, long ts) implements LogEvent {}

    record Signal(ChannelName channel, UserId from, JsonNode data) implements EphemeralEvent {}

    record Typing(ChannelName channel, UserId from) implements EphemeralEvent {}

    record Read(ChannelName channel, UserId from, long seq) implements EphemeralEvent {}

    record Received(ChannelName channel, UserId from, long seq) implements EphemeralEvent {}

    record Presence(List<UserPresence> changes) implements ServerFrame {}

    /** What changed in a channel since the last such frame, or the sync. */
    record PresenceDiff(
            ChannelName channel,
            @Nullable List<ChannelUser> entered,
            @Nullable List<ChannelUser> updated,
            @Nullable List<UserId> left)
            implements ChannelFrame {}

    record Occupancy(ChannelName channel, int users, int links) implements ChannelFrame {}

    /**
     * {@code conflated} is true if the events were left out on purpose because only the latest
     * counts. Do not fetch them.
     */
    record Gap(
            ChannelName channel,
            long from,
            long to,
            @Nullable Boolean conflated) implements ServerFrame {
        public Gap(ChannelName channel, long from, long to) {
            this(channel, from, to, null);
        }
    }

    record GoAway(String reason, long reconnectAfterMs, long jitterMs) implements ServerFrame {}

    /** Sent 60 s before {@code expiresAt}. The client answers with {@code auth}. */
    record TokenExpiring(long expiresAt) implements ServerFrame {}
}
