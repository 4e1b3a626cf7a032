package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.Ref;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@link Topics#CHANNEL_COMMANDS}: somebody asks something of a channel's log.
 *
 * @param user    who asks
 * @param grant   what the asker's token allows beyond membership
 * @param replyTo where the outcome goes; absent when nobody waits for it
 */
public record ChannelCommand(
        ChannelName channel,
        UserId user,
        Grant grant,
        @Nullable ReplyTo replyTo,
        Operation operation) {
    public ChannelCommand {
        Check.required("channel", channel);
        Check.required("user", user);
        Check.required("grant", grant);
        Check.required("operation", operation);
    }

    /** What a token allows beyond what membership and the namespace allow. */
    public enum Grant {
        /** Nothing. */
        NONE,
        /** The token's {@code channels} claim grants publishing to this channel. */
        PUBLISH,
        /** Scope {@code server}: everything. */
        SERVER
    }

    /** A waiting session of a node, or (in a message-service process) a waiting REST request. */
    public record ReplyTo(
            NodeId node, SessionId session, @Nullable Ref ref) {}

    /** What is asked. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Publish.class, name = "publish"),
        @JsonSubTypes.Type(value = Edit.class, name = "edit"),
        @JsonSubTypes.Type(value = Delete.class, name = "delete"),
        @JsonSubTypes.Type(value = React.class, name = "react"),
        @JsonSubTypes.Type(value = Mark.class, name = "mark"),
        @JsonSubTypes.Type(value = CreateChannel.class, name = "create_channel"),
        @JsonSubTypes.Type(value = UpdateChannel.class, name = "update_channel"),
        @JsonSubTypes.Type(value = ArchiveChannel.class, name = "archive_channel"),
        @JsonSubTypes.Type(value = AddMember.class, name = "add_member"),
        @JsonSubTypes.Type(value = RemoveMember.class, name = "remove_member")
    })
    public sealed interface Operation {}

    public record Publish(
            ClientMessageId id, JsonNode data, @Nullable Long replyTo) implements Operation {}

    public record Edit(long seq, JsonNode data) implements Operation {}

    public record Delete(long seq) implements Operation {}

    public record React(long seq, Emoji emoji, boolean remove) implements Operation {}

    /** Moves the user's own mark forward, never back. */
    public record Mark(Kind kind, long seq) implements Operation {
        public enum Kind {
            READ,
            RECEIVED
        }
    }

    public record CreateChannel(@Nullable String title, List<UserId> members) implements Operation {
        public CreateChannel {
            members = List.copyOf(members);
        }
    }

    public record UpdateChannel(String title) implements Operation {}

    public record ArchiveChannel() implements Operation {}

    public record AddMember(UserId member, Role role) implements Operation {}

    public record RemoveMember(UserId member) implements Operation {}
}
