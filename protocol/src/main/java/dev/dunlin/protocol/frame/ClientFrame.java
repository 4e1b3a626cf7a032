package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.PathSegment;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame from a client, {@code docs/protocol.md} section 4. Frames form families by the feature
 * that handles them; the wire does not show the families. Constructors throw
 * {@link IllegalArgumentException} that names the field.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientFrame.Subscribe.class, name = "subscribe"),
    @JsonSubTypes.Type(value = ClientFrame.Unsubscribe.class, name = "unsubscribe"),
    @JsonSubTypes.Type(value = ClientFrame.Publish.class, name = "publish"),
    @JsonSubTypes.Type(value = ClientFrame.Edit.class, name = "edit"),
    @JsonSubTypes.Type(value = ClientFrame.Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = ClientFrame.React.class, name = "react"),
    @JsonSubTypes.Type(value = ClientFrame.Signal.class, name = "signal"),
    @JsonSubTypes.Type(value = ClientFrame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = ClientFrame.Read.class, name = "read"),
    @JsonSubTypes.Type(value = ClientFrame.Received.class, name = "received"),
    @JsonSubTypes.Type(value = ClientFrame.Presence.class, name = "presence"),
    @JsonSubTypes.Type(value = ClientFrame.Enter.class, name = "enter"),
    @JsonSubTypes.Type(value = ClientFrame.Update.class, name = "update"),
    @JsonSubTypes.Type(value = ClientFrame.Leave.class, name = "leave"),
    @JsonSubTypes.Type(value = ClientFrame.PresenceSync.class, name = "presence_sync"),
    @JsonSubTypes.Type(value = ClientFrame.Away.class, name = "away"),
    @JsonSubTypes.Type(value = ClientFrame.Active.class, name = "active"),
    @JsonSubTypes.Type(value = ClientFrame.Auth.class, name = "auth"),
    @JsonSubTypes.Type(value = ClientFrame.Ping.class, name = "ping")
})
public sealed interface ClientFrame {
    /** The most users that one {@code presence} frame may name. */
    int MAX_PRESENCE_USERS = 100;

    /** The most bytes of the data of {@code enter} and {@code update}, as JSON in UTF-8. */
    int MAX_PRESENCE_DATA = 1_024;

    /** The most users that one message may mention. */
    int MAX_MENTIONS = 50;

    /** What the client wants repeated on the reply; null on frames that have no reply. */
    default @Nullable Ref ref() {
        return null;
    }

    /** Keeps the session itself: its token and its heartbeat. */
    sealed interface SessionFrame extends ClientFrame {}

    /** Begins or ends the subscription to a channel. */
    sealed interface SubscriptionFrame extends ClientFrame {
        ChannelName channel();
    }

    /** Changes a channel's durable state: message-service decides whether it does. */
    sealed interface LogFrame extends ClientFrame {
        ChannelName channel();
    }

    /** Appends an event about a message to a channel's log. */
    sealed interface MessageFrame extends LogFrame {}

    /** Moves the user's marks in a channel. It has no reply. */
    sealed interface MarkFrame extends LogFrame {
        /** The user has read, or received, everything up to this. */
        long seq();
    }

    /** Goes to those who subscribe to the channel now, and is not stored. It has no reply. */
    sealed interface EphemeralFrame extends ClientFrame {
        ChannelName channel();
    }

    /** Says who is in a channel, or asks for it. */
    sealed interface ChannelPresenceFrame extends ClientFrame {
        ChannelName channel();
    }

    /** Says whether the user is active at this device. It has no reply. */
    sealed interface ActivityFrame extends ClientFrame {}

    /** {@code occupancy} true asks for {@code occupancy} frames as long as it is subscribed. */
    record Subscribe(
            @Nullable Ref ref,
            ChannelName channel,
            @Nullable StreamPosition after,
            @Nullable Boolean occupancy) implements SubscriptionFrame {
        public Subscribe(@Nullable Ref ref, ChannelName channel, @Nullable StreamPosition after) {
            this(ref, channel, after, null);
        }

        public Subscribe {
            Check.required("channel", channel);
        }
    }

    record Unsubscribe(@Nullable Ref ref, ChannelName channel) implements SubscriptionFrame {
        public Unsubscribe {
            Check.required("channel", channel);
        }
    }

    record Publish(
            @Nullable Ref ref,
            ChannelName channel,
            ClientMessageId id,
            JsonNode data,
            @Nullable Long replyTo,
            @Nullable List<UserId> mentions)
            implements MessageFrame {
        public Publish(
                @Nullable Ref ref, ChannelName channel, ClientMessageId id, JsonNode data, @Nullable Long replyTo) {
            this(ref, channel, id, data, replyTo, null);
        }

        public Publish {
            mentions = PathSegment.require("mentions", Check.atMost("mentions", MAX_MENTIONS, mentions));
            Check.required("channel", channel);
            Check.required("id", id);
            Check.data("data", data);
            if (replyTo != null) {
                Check.atLeast("replyTo", 1, replyTo);
            }
        }
    }

    record Edit(
            @Nullable Ref ref,
            ChannelName channel,
            long seq,
            JsonNode data,
            @Nullable List<UserId> mentions) implements MessageFrame {
        public Edit(@Nullable Ref ref, ChannelName channel, long seq, JsonNode data) {
            this(ref, channel, seq, data, null);
        }

        public Edit {
            mentions = PathSegment.require("mentions", Check.atMost("mentions", MAX_MENTIONS, mentions));
            Check.required("channel", channel);
            Check.atLeast("seq", 1, seq);
            Check.data("data", data);
        }
    }

    record Delete(@Nullable Ref ref, ChannelName channel, long seq) implements MessageFrame {
        public Delete {
            Check.required("channel", channel);
            Check.atLeast("seq", 1, seq);
        }
    }

    record React(
            @Nullable Ref ref,
            ChannelName channel,
            long seq,
            Emoji emoji,
            @Nullable Boolean remove) implements MessageFrame {
        public React {
            Check.required("channel", channel);
            Check.atLeast("seq", 1, seq);
            Check.required("emoji", emoji);
            if (!Boolean.TRUE.equals(remove)) {
                PathSegment.require("emoji", emoji);
            }
        }
    }

    record Signal(ChannelName channel, JsonNode data) implements EphemeralFrame {
        public Signal {
            Check.required("channel", channel);
            Check.data("data", data);
        }
    }

    record Typing(ChannelName channel) implements EphemeralFrame {
        public Typing {
            Check.required("channel", channel);
        }
    }

    record Read(ChannelName channel, long seq) implements MarkFrame {
        public Read {
            Check.required("channel", channel);
            Check.atLeast("seq", 1, seq);
        }
    }

    record Received(ChannelName channel, long seq) implements MarkFrame {
        public Received {
            Check.required("channel", channel);
            Check.atLeast("seq", 1, seq);
        }
    }

    /** Names users, or all of the user's contacts with {@code contacts} true. */
    record Presence(
            @Nullable Ref ref,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UserId> users,
            @Nullable Boolean watch,
            @Nullable Boolean contacts)
            implements ClientFrame {
        public Presence(@Nullable Ref ref, List<UserId> users, @Nullable Boolean watch) {
            this(ref, users, watch, null);
        }

        public Presence(
                @Nullable Ref ref, @Nullable List<UserId> users, @Nullable Boolean watch, @Nullable Boolean contacts) {
            boolean all = Boolean.TRUE.equals(contacts);
            if (all && users != null) {
                throw new IllegalArgumentException("users: must be absent if contacts is true");
            }
            this.ref = ref;
            this.users = all ? List.of() : named(users);
            this.watch = watch;
            this.contacts = all ? true : null;
        }

        private static List<UserId> named(@Nullable List<UserId> users) {
            List<UserId> named = Check.atMost("users", MAX_PRESENCE_USERS, Check.required("users", users));
            if (named == null || named.isEmpty()) {
                throw new IllegalArgumentException("users: must be 1 to " + MAX_PRESENCE_USERS + " users");
            }
            return named;
        }
    }

    /** The user is in the channel from now on, with this data. */
    record Enter(
            @Nullable Ref ref,
            ChannelName channel,
            @Nullable JsonNode data) implements ChannelPresenceFrame {
        public Enter {
            Check.required("channel", channel);
            data = data == null ? null : Check.atMostBytes("data", MAX_PRESENCE_DATA, data);
        }
    }

    /** Other data of the user in the channel. */
    record Update(@Nullable Ref ref, ChannelName channel, JsonNode data) implements ChannelPresenceFrame {
        public Update {
            Check.required("channel", channel);
            Check.atMostBytes("data", MAX_PRESENCE_DATA, data);
        }
    }

    /** This session of the user is in the channel no longer. */
    record Leave(@Nullable Ref ref, ChannelName channel) implements ChannelPresenceFrame {
        public Leave {
            Check.required("channel", channel);
        }
    }

    /** Asks who is in the channel; changes follow, unless {@code follow} is false. */
    record PresenceSync(
            @Nullable Ref ref,
            ChannelName channel,
            @Nullable Boolean follow) implements ChannelPresenceFrame {
        public PresenceSync {
            Check.required("channel", channel);
        }
    }

    record Away() implements ActivityFrame {}

    record Active() implements ActivityFrame {}

    record Auth(@Nullable Ref ref, String token) implements SessionFrame {
        public Auth {
            Check.required("token", token);
        }

        @Override
        public String toString() {
            return "Auth[token withheld]";
        }
    }

    record Ping(@Nullable Ref ref) implements SessionFrame {}
}
