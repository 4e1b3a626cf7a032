package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.Ref;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@link Topics#CHANNEL_COMMANDS}: a request to change a channel's log.
 *
 * @param user who requests it
 * @param grant what that user's token grants beyond membership
 * @param replyTo where the outcome is sent; null if nobody waits for it
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
        /** The claim {@code channels} grants publishing to this channel. */
        PUBLISH,
        /** Scope {@code server}: everything. */
        SERVER
    }

    /** A waiting session of a node, or (in a message-service process) a waiting REST request. */
    public record ReplyTo(
            NodeId node, SessionId session, @Nullable Ref ref) {}

    /** The requested change. */
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
        @JsonSubTypes.Type(value = RemoveMember.class, name = "remove_member"),
        @JsonSubTypes.Type(value = ForgetMember.class, name = "forget_member"),
        @JsonSubTypes.Type(value = Block.class, name = "block"),
        @JsonSubTypes.Type(value = PurgeChannel.class, name = "purge_channel"),
        @JsonSubTypes.Type(value = FinishPurge.class, name = "finish_purge")
    })
    public sealed interface Operation {}

    /**
     * {@code mentions}: the users whom the sender names; message-service adds those in the text.
     */
    public record Publish(
            ClientMessageId id,
            JsonNode data,
            @Nullable Long replyTo,
            @Nullable List<UserId> mentions) implements Operation {
        public Publish(ClientMessageId id, JsonNode data, @Nullable Long replyTo) {
            this(id, data, replyTo, null);
        }
    }

    /** {@code mentions} as in {@link Publish}; they replace the earlier ones. */
    public record Edit(long seq, JsonNode data, @Nullable List<UserId> mentions) implements Operation {
        public Edit(long seq, JsonNode data) {
            this(seq, data, null);
        }
    }

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

    /** A null field stays unchanged. {@code archived} false reopens an archived channel. */
    public record UpdateChannel(
            @Nullable String title, @Nullable Boolean archived) implements Operation {
        public UpdateChannel(String title) {
            this(title, null);
        }
    }

    public record ArchiveChannel() implements Operation {}

    /** If this takes the owner role from the only owner, {@code successor} becomes an owner. */
    public record AddMember(
            UserId member, Role role, @Nullable UserId successor) implements Operation {
        public AddMember(UserId member, Role role) {
            this(member, role, null);
        }
    }

    /** If {@code member} is the only owner, {@code successor} becomes an owner. */
    public record RemoveMember(UserId member, @Nullable UserId successor) implements Operation {
        public RemoveMember(UserId member) {
            this(member, null);
        }
    }

    /**
     * Ends a membership, in a direct channel too, and removes the user's marks: part of an erasure.
     * Makes {@code successor} an owner if {@code member} is the only one. For back ends only.
     */
    public record ForgetMember(UserId member, @Nullable UserId successor) implements Operation {
        public ForgetMember(UserId member) {
            this(member, null);
        }
    }

    /**
     * In a direct channel: whether the user blocks the other one. While one of the two blocks,
     * neither can publish there.
     */
    public record Block(boolean on) implements Operation {}

    /**
     * Deletes the channel permanently. It is not found from then on. Its rows are deleted in the
     * background, and {@link FinishPurge} follows.
     */
    public record PurgeChannel() implements Operation {}

    /**
     * All rows of the channel in that epoch are deleted, so its name is free again. For back ends
     * only.
     */
    public record FinishPurge(Epoch epoch) implements Operation {}
}
