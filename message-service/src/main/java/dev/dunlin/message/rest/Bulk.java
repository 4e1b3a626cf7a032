package dev.dunlin.message.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.message.command.CommandGateway.Answer;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.PathSegment;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The bodies of {@code POST /v1/publish}. */
public final class Bulk {
    /** The most messages of one call. */
    static final int MOST = 1_000;

    /** With room for a dot and the place of a message. */
    static final int LONGEST_KEY = 58;

    private Bulk() {}

    /** Either {@code messages}, or {@code channels} that all get the same. */
    @Schema(name = "BulkMessages")
    public record Messages(
            @Nullable List<Message> messages,
            @Nullable List<ChannelName> channels,
            @Nullable ClientMessageId id,
            @Nullable JsonNode data,
            @Nullable List<UserId> mentions) {
        public Messages {
            if ((messages == null) == (channels == null)) {
                throw new IllegalArgumentException("messages, channels: one of them is required");
            }
            messages = Check.atMost("messages", MOST, messages);
            channels = Check.atMost("channels", MOST, channels);
            mentions = PathSegment.require("mentions", Check.atMost("mentions", ClientFrame.MAX_MENTIONS, mentions));
            if (channels != null) {
                Check.data("data", data);
            }
        }

        /**
         * Each message with the id it goes out under. Throws {@link RefusedException} if one has
         * none.
         */
        List<Item> items(@Nullable String key) {
            if (key != null && !key.matches("[\\x21-\\x7e]{1," + LONGEST_KEY + "}")) {
                throw new RefusedException(
                        ErrorCode.BAD_REQUEST,
                        "Idempotency-Key: must be 1 to " + LONGEST_KEY + " visible ASCII characters");
            }
            List<Message> each = messages != null ? messages : same();
            return IntStream.range(0, each.size())
                    .mapToObj(i -> each.get(i).item(id(each.get(i).id(), key, i)))
                    .toList();
        }

        private List<Message> same() {
            if (channels == null || data == null) {
                return List.of();
            }
            JsonNode same = data;
            return channels.stream()
                    .map(channel -> new Message(channel, id, same, mentions))
                    .toList();
        }

        private static String id(@Nullable ClientMessageId own, @Nullable String key, int at) {
            if (own != null) {
                return own.value();
            }
            if (key == null) {
                throw new RefusedException(
                        ErrorCode.BAD_REQUEST,
                        "messages." + at + ".id: is required, there or by the header Idempotency-Key");
            }
            return key + "." + at;
        }
    }

    @Schema(name = "BulkMessage")
    public record Message(
            ChannelName channel,
            @Nullable ClientMessageId id,
            JsonNode data,
            @Nullable List<UserId> mentions) {
        public Message {
            Check.required("channel", channel);
            Check.data("data", data);
            mentions = PathSegment.require("mentions", Check.atMost("mentions", ClientFrame.MAX_MENTIONS, mentions));
        }

        Item item(String itsId) {
            return new Item(channel, itsId, data, mentions);
        }
    }

    /** A message with its id. */
    record Item(
            ChannelName channel,
            String id,
            JsonNode data,
            @Nullable List<UserId> mentions) {}

    @Schema(name = "BulkResults")
    public record Results(List<Result> results) {}

    /** {@code seq} and {@code ts} (milliseconds since 1970), or {@code error}. */
    @Schema(name = "BulkResult")
    public record Result(
            ChannelName channel,
            String id,
            @Nullable Long seq,
            @Nullable Long ts,
            @Nullable Failure error) {
        static Result of(Item item, Answer answer) {
            return switch (answer) {
                case Answer.Done(var settled) ->
                    new Result(
                            item.channel(),
                            item.id(),
                            settled.ack().seq(),
                            settled.ack().ts(),
                            null);
                case Answer.Refused(var refusal) ->
                    new Result(item.channel(), item.id(), null, null, Failure.of(refusal));
            };
        }
    }

    @Schema(name = "BulkFailure")
    public record Failure(ErrorCode code, String message, boolean retryable) {
        static Failure of(Refusal refusal) {
            return new Failure(refusal.code(), refusal.message(), refusal.code().retryable());
        }
    }
}
