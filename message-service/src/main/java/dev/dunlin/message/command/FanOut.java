package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.bus.BusChannels;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.ReplyTo;
import dev.dunlin.protocol.kafka.ChannelEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What others are told of a batch: events, marks and replies for the bus, events and marks for the event stream. Pure. */
public record FanOut(List<Bus.Publication> publications, List<EventStream.Entry> entries) {
    /** In the order of the batch; a command's reply comes after its event. */
    public static FanOut of(List<Sequenced> batch) {
        FanOut fanOut = new FanOut(new ArrayList<>(2 * batch.size()), new ArrayList<>(batch.size()));
        batch.forEach(fanOut::add);
        return fanOut;
    }

    private void add(Sequenced sequenced) {
        ChannelName channel = sequenced.record().channel();
        TraceId trace = sequenced.record().trace();
        ReplyTo replyTo = sequenced.record().command().replyTo();
        SessionId sender = replyTo == null ? null : replyTo.session();
        switch (sequenced.outcome()) {
            case Outcome.Appended appended -> {
                ServerFrame.LogEvent event = appended.logged().event();
                publish(
                        BusChannels.ofChannel(channel),
                        BusMessage.event(
                                event.seq(),
                                appended.epoch(),
                                trace,
                                sender,
                                appended.logged().frame()));
                stream(channel, trace, new ChannelEvent(appended.epoch(), event));
                notify(appended.notices());
            }
            case Outcome.Marked marked -> {
                publish(
                        BusChannels.ofChannel(channel),
                        BusMessage.ephemeral(trace, sender, Json.write(marked.event())));
                stream(channel, trace, new ChannelEvent(marked.epoch(), marked.event()));
            }
            case Outcome.Changed changed -> notify(changed.notices());
            case Outcome.Duplicate ignored -> {}
            case Outcome.Unchanged ignored -> {}
            case Outcome.Refused ignored -> {}
        }
        if (replyTo != null) {
            byte[] reply = Json.write(reply(channel, replyTo.ref(), sequenced.outcome()));
            publish(BusChannels.ofNode(replyTo.node()), BusMessage.reply(trace, replyTo.session(), reply));
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
            case Outcome.Unchanged(var seq, var ts) -> new ServerFrame.Ack(ref, channel, null, seq, ts);
            case Outcome.Marked(var epoch, var event, var seq, var ts) ->
                new ServerFrame.Ack(ref, channel, null, seq, ts);
            case Outcome.Refused(var code, var message) -> ServerFrame.ErrorReply.of(ref, code, message);
        };
    }

    private void publish(String channel, BusMessage message) {
        publications.add(new Bus.Publication(channel, message.encode()));
    }

    private void stream(ChannelName channel, TraceId trace, ChannelEvent event) {
        entries.add(new EventStream.Entry(channel, trace, Json.write(event)));
    }

    private void notify(List<Outcome.Notice> notices) {
        notices.forEach(notice ->
                publications.add(new Bus.Publication(BusChannels.ofUser(notice.user()), Json.write(notice.notice()))));
    }
}
