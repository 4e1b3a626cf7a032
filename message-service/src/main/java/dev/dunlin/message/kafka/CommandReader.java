package dev.dunlin.message.kafka;

import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads records of {@code channel.commands}. What it accepts can be sequenced and stored, whoever
 * wrote it.
 */
final class CommandReader {
    private CommandReader() {}

    /**
     * Throws {@link InvalidInput} if the record is not a command. Also if its key is another
     * channel: then it may be in a partition of another writer.
     */
    static CommandRecord read(ConsumerRecord<String, byte[]> kafka, LogPosition position) throws InvalidInput {
        if (kafka.value() == null) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "the record has no value");
        }
        ChannelCommand command = Json.read(kafka.value(), ChannelCommand.class);
        if (!command.channel().value().equals(kafka.key())) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "the key is not the command's channel");
        }
        try {
            checkFields(command.operation());
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "operation." + e.getMessage());
        }
        return new CommandRecord(position, kafka.timestamp(), traceOf(kafka, position), command);
    }

    private static void checkFields(ChannelCommand.Operation operation) {
        switch (operation) {
            case ChannelCommand.Publish(var id, var data, var replyTo, var mentions) -> {
                Check.required("id", id);
                Check.required("data", data);
                Check.atMost("mentions", ClientFrame.MAX_MENTIONS, mentions);
            }
            case ChannelCommand.Edit edit -> {
                Check.required("data", edit.data());
                Check.atMost("mentions", ClientFrame.MAX_MENTIONS, edit.mentions());
            }
            case ChannelCommand.React react -> Check.required("emoji", react.emoji());
            case ChannelCommand.Mark mark -> Check.required("kind", mark.kind());
            case ChannelCommand.AddMember(var member, var role, var ignored) -> {
                Check.required("member", member);
                Check.required("role", role);
            }
            case ChannelCommand.RemoveMember remove -> Check.required("member", remove.member());
            case ChannelCommand.ForgetMember forget -> Check.required("member", forget.member());
            case ChannelCommand.FinishPurge finish -> Check.required("epoch", finish.epoch());
            case ChannelCommand.UpdateChannel ignored -> {}
            case ChannelCommand.Block ignored -> {}
            case ChannelCommand.PurgeChannel ignored -> {}
            case ChannelCommand.CreateChannel ignored -> {}
            case ChannelCommand.ArchiveChannel ignored -> {}
            case ChannelCommand.Delete ignored -> {}
        }
    }

    /**
     * The trace id of the header. Without one it is made from the position of the record, so that a
     * replay has the same.
     */
    private static TraceId traceOf(ConsumerRecord<String, byte[]> kafka, LogPosition position) {
        Header header = kafka.headers().lastHeader(TraceId.HEADER);
        Optional<TraceId> trace = header == null || header.value() == null
                ? Optional.empty()
                : TraceId.parse(new String(header.value(), StandardCharsets.US_ASCII));
        return trace.orElseGet(
                () -> new TraceId(kafka.timestamp(), (position.offset() << 16) + position.partition() + 1));
    }
}
