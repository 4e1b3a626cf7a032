package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.ReplyTo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a batch publishes, encoded. Pure. The first step goes out while the store writes, the second
 * after it. Add something to the other list here to move it to the other step.
 *
 * @param first events and marks, for the bus
 * @param second notices and replies, for the bus; their receivers find in the store what these are
 *     about
 * @param entries events and marks, for the event stream
 */
record FanOut(List<Bus.Publication> first, List<Bus.Publication> second, List<EventStream.Entry> entries) {
    /**
     * In the order of the batch. The first step leaves out what was published before. The event
     * stream gets the channels that {@code streamed} accepts.
     */
    static FanOut of(List<Sequenced> batch, Announced announced, Predicate<ChannelName> streamed) {
        FanOut fanOut = new FanOut(new ArrayList<>(batch.size()), new ArrayList<>(batch.size()), new ArrayList<>());
        for (Sequenced sequenced : batch) {
            fanOut.add(sequenced, announced.holds(sequenced));
            if (streamed.test(sequenced.record().channel())) {
                fanOut.stream(sequenced);
            }
        }
        return fanOut;
    }

    private void stream(Sequenced sequenced) {
        switch (sequenced.outcome()) {
            case Outcome.Appended(var epoch, var logged, var notices) -> stream(sequenced, epoch, logged.frame());
            case Outcome.Burnt(var epoch, var logged) -> stream(sequenced, epoch, logged.frame());
            case Outcome.Marked marked -> stream(sequenced, marked.epoch(), Json.write(marked.event()));
            case Outcome.Changed ignored -> {}
            case Outcome.Duplicate ignored -> {}
            case Outcome.Unchanged ignored -> {}
            case Outcome.Refused ignored -> {}
        }
    }

    private void stream(Sequenced sequenced, Epoch epoch, byte[] frame) {
        CommandRecord record = sequenced.record();
        entries.add(new EventStream.Entry(record.channel(), record.trace(), streamed(epoch, frame)));
    }

    private void add(Sequenced sequenced, boolean known) {
        ChannelName channel = sequenced.record().channel();
        TraceId trace = sequenced.record().trace();
        ReplyTo replyTo = sequenced.record().command().replyTo();
        SessionId sender = replyTo == null ? null : replyTo.session();
        switch (sequenced.outcome()) {
            case Outcome.Appended(var epoch, var logged, var notices) -> {
                event(channel, trace, sender, epoch, logged, known);
                notify(notices);
            }
            case Outcome.Burnt(var epoch, var logged) -> event(channel, trace, sender, epoch, logged, known);
            case Outcome.Marked marked -> {
                if (!known) {
                    byte[] frame = Json.write(marked.event());
                    publish(first, BusChannel.ofChannel(channel), BusMessage.ephemeral(trace, sender, frame));
                }
            }
            case Outcome.Changed changed -> notify(changed.notices());
            case Outcome.Duplicate ignored -> {}
            case Outcome.Unchanged unchanged -> notify(unchanged.notices());
            case Outcome.Refused ignored -> {}
        }
        if (replyTo != null) {
            byte[] reply = Json.write(reply(channel, replyTo.ref(), sequenced.outcome()));
            publish(second, BusChannel.ofNode(replyTo.node()), BusMessage.reply(trace, replyTo.session(), reply));
        }
    }

    private void event(
            ChannelName channel,
            TraceId trace,
            @Nullable SessionId sender,
            Epoch epoch,
            LoggedEvent logged,
            boolean known) {
        if (!known) {
            BusMessage message = BusMessage.event(logged.event().seq(), epoch, trace, sender, logged.frame());
            publish(first, BusChannel.ofChannel(channel), message);
        }
    }

    private static ServerFrame.Reply reply(ChannelName channel, @Nullable Ref ref, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Appended(var epoch, var logged, var notices) -> {
                ClientMessageId id = logged.event() instanceof ServerFrame.Message message ? message.id() : null;
                yield new ServerFrame.Ack(
                        ref, channel, id, logged.event().seq(), logged.event().ts());
            }
            case Outcome.Duplicate(var id, var seq, var ts) -> new ServerFrame.Ack(ref, channel, id, seq, ts);
            case Outcome.Changed(var seq, var ts, var notices) -> new ServerFrame.Ack(ref, channel, null, seq, ts);
            case Outcome.Unchanged(var seq, var ts, var notices) -> new ServerFrame.Ack(ref, channel, null, seq, ts);
            case Outcome.Marked(var epoch, var event, var seq, var ts) ->
                new ServerFrame.Ack(ref, channel, null, seq, ts);
            case Outcome.Burnt ignored ->
                ServerFrame.ErrorReply.of(ref, ErrorCode.INTERNAL, "the command could not be carried out");
            case Outcome.Refused(var refusal) -> ServerFrame.ErrorReply.of(ref, refusal.code(), refusal.message());
        };
    }

    /**
     * A {@link dev.dunlin.protocol.kafka.ChannelEvent} around a frame that is encoded already; an
     * epoch needs no escapes.
     */
    private static byte[] streamed(Epoch epoch, byte[] frame) {
        byte[] head = ("{\"epoch\":\"" + epoch.value() + "\",\"event\":").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + frame.length + 1)
                .put(head)
                .put(frame)
                .put((byte) '}')
                .array();
    }

    private void notify(List<Outcome.Notice> notices) {
        for (Outcome.Notice notice : notices) {
            second.add(new Bus.Publication(BusChannel.ofUser(notice.user()), Json.write(notice.notice())));
        }
    }

    private static void publish(List<Bus.Publication> step, BusChannel channel, BusMessage message) {
        step.add(new Bus.Publication(channel, message.encode()));
    }
}
