package dev.dunlin.message.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.message.channel.ChannelView;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.history.History.Receipt;
import dev.dunlin.message.membership.Memberships.Summary;
import dev.dunlin.message.sequencer.Creation;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.PathSegment;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON bodies of the REST interface that are not frames. Every time is in milliseconds since
 * 1970.
 */
public final class Bodies {
    private Bodies() {}

    public record NewChannel(
            ChannelName channel,
            @Nullable String title,
            @Nullable List<UserId> members) {
        public NewChannel {
            Check.required("channel", channel);
            members = PathSegment.require("members", Check.atMost("members", Creation.MOST_MEMBERS, members));
        }

        List<UserId> memberList() {
            return members == null ? List.of() : members;
        }
    }

    /** What is null stays. */
    public record ChannelChange(
            @Nullable String title, @Nullable Boolean archived) {
        public ChannelChange {
            if (title == null && archived == null) {
                throw new IllegalArgumentException("title, archived: at least one of them is required");
            }
        }
    }

    /** {@code successor} becomes an owner if this takes the role from the only one. */
    public record NewRole(@Nullable Role role, @Nullable UserId successor) {}

    public record NewMessage(
            @Nullable ClientMessageId id,
            JsonNode data,
            @Nullable Long replyTo,
            @Nullable List<UserId> mentions) {
        public NewMessage {
            mentions = PathSegment.require("mentions", Check.atMost("mentions", ClientFrame.MAX_MENTIONS, mentions));
            Check.data("data", data);
        }
    }

    public record NewData(JsonNode data, @Nullable List<UserId> mentions) {
        public NewData {
            mentions = PathSegment.require("mentions", Check.atMost("mentions", ClientFrame.MAX_MENTIONS, mentions));
            Check.data("data", data);
        }
    }

    public record NewMark(Long seq) {
        public NewMark {
            Check.atLeast("seq", 1, Check.required("seq", seq));
        }
    }

    /** What a change took from the log. */
    public record Accepted(ChannelName channel, @Nullable ClientMessageId id, long seq, long ts) {
        static Accepted of(ServerFrame.Ack ack) {
            return new Accepted(ack.channel(), ack.id(), ack.seq(), ack.ts());
        }
    }

    /**
     * A channel as the caller sees it. {@code created} is absent until somebody writes to it,
     * {@code role} if the caller is no member, {@code newest} if it is not asked for or there is
     * none.
     */
    public record Channel(
            ChannelName channel,
            @Nullable String title,
            Epoch epoch,
            long head,
            long read,
            long unread,
            long mentions,
            @Nullable Long created,
            boolean archived,
            @Nullable Role role,
            ServerFrame.@Nullable Message newest) {
        static Channel of(ChannelView view) {
            return new Channel(
                    view.channel().name(),
                    view.channel().title(),
                    view.channel().epoch(),
                    view.channel().head(),
                    view.read(),
                    view.unread(),
                    view.mentions(),
                    view.channel().created() == 0 ? null : view.channel().created(),
                    view.channel().archived(),
                    view.role(),
                    null);
        }

        static Channel of(Summary summary) {
            return new Channel(
                    summary.channel().name(),
                    summary.channel().title(),
                    summary.channel().epoch(),
                    summary.channel().head(),
                    summary.read(),
                    summary.unread(),
                    summary.mentions(),
                    summary.channel().created(),
                    summary.channel().archived(),
                    summary.role(),
                    summary.newest());
        }
    }

    public record ChannelPage(
            List<Channel> channels, @Nullable String next) {}

    public record BlockPage(
            List<Contacts.Blocked> blocks, @Nullable String next) {}

    public record ReceiptPage(
            List<Receipt> receipts, @Nullable String next) {}
}
