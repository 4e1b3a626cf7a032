package dev.dunlin.connection.transport.http;

import dev.dunlin.connection.cursor.Cursor;
import dev.dunlin.connection.cursor.StreamTrack;
import dev.dunlin.connection.handshake.Admission;
import dev.dunlin.connection.handshake.Entered;
import dev.dunlin.connection.link.Link;
import dev.dunlin.connection.subscription.LogHead;
import dev.dunlin.connection.subscription.StreamStart;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the session of a stream: {@code welcome}, then a {@code subscribed} for each channel. Its
 * {@code ref} is the index of the channel in the request.
 */
final class StreamOpening {
    /** No log has this epoch: a position in it is refused with {@code recovered:false}. */
    private static final StreamPosition NOWHERE = new StreamPosition(new Epoch("-"), 0);

    private final StreamRequest asked;
    private final StreamTrack track;

    StreamOpening(StreamRequest asked, StreamTrack track) {
        this.asked = asked;
        this.track = track;
    }

    /** Enters. On the link's loop. */
    Entered enter(Admission admission, Link link) {
        List<StreamStart> starts = starts(admission.memberships());
        for (int number = 0; number < starts.size(); number++) {
            track.await(number);
        }
        return admission.enter(link, entered -> {
            starts.forEach(entered::begin);
            if (asked.own() && (admission.more() || admission.memberships().size() > starts.size())) {
                entered.session()
                        .refuse(
                                null,
                                ErrorCode.FORBIDDEN,
                                "a stream may have " + Cursor.MOST_CHANNELS + " channels: name those you want");
            }
        });
    }

    private List<StreamStart> starts(List<ServerFrame.Membership> memberships) {
        List<StreamStart> starts = new ArrayList<>();
        for (ChannelName channel : asked.channels()) {
            starts.add(new StreamStart(Ref.of(starts.size()), channel, null, 1, head -> after(channel, head, null)));
        }
        if (asked.own()) {
            for (ServerFrame.Membership own : memberships) {
                if (starts.size() < Cursor.MOST_CHANNELS) {
                    LogHead known = new LogHead(own.epoch(), own.head());
                    // Continues from the position that {@code welcome} names, so events between the
                    // two are not missed.
                    StreamPosition listed = new StreamPosition(own.epoch(), own.head());
                    starts.add(new StreamStart(
                            Ref.of(starts.size()),
                            own.channel(),
                            known,
                            own.from() == null ? 1 : own.from(),
                            head -> after(own.channel(), head, listed)));
                }
            }
        }
        return starts;
    }

    private @Nullable StreamPosition after(ChannelName channel, LogHead head, @Nullable StreamPosition withoutCursor) {
        Cursor cursor = asked.cursor();
        if (cursor == null) {
            return withoutCursor;
        }
        var seq = cursor.find(channel, head.epoch());
        return seq.isPresent() ? new StreamPosition(head.epoch(), seq.getAsLong()) : NOWHERE;
    }
}
