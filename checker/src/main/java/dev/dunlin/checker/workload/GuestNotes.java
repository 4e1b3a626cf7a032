package dev.dunlin.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.history.Overheard;
import dev.dunlin.checker.history.Recorder;
import dev.dunlin.checker.transport.FrameNotes;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ServerFrame;

/** Records what a guest receives in its channel, and when it was sent. */
final class GuestNotes implements FrameNotes {
    /** The field of {@code data} that holds the time of sending. */
    static final String SENT_AT = "sentAt";

    private final String observer;
    private final Who who;
    private final ChannelName channel;
    private final Recorder recorder;

    GuestNotes(String observer, Who who, ChannelName channel, Recorder recorder) {
        this.observer = observer;
        this.who = who;
        this.channel = channel;
        this.recorder = recorder;
    }

    @Override
    public boolean take(ServerFrame frame, boolean resuming) {
        return switch (frame) {
            case ServerFrame.Message message -> note("message", message.channel(), message.data());
            case ServerFrame.Signal signal -> note("signal", signal.channel(), signal.data());
            case ServerFrame.ErrorReply _, ServerFrame.GoAway _, ServerFrame.Unsubscribed _ -> false;
            default -> true;
        };
    }

    private boolean note(String kind, ChannelName of, JsonNode data) {
        if (of.equals(channel) && data.path(SENT_AT).isNumber()) {
            recorder.overheard(new Overheard(
                    observer,
                    who.user(),
                    channel,
                    kind,
                    recorder.now(),
                    data.path(SENT_AT).asLong()));
        }
        return true;
    }
}
