package dev.dunlin.checker.transport.stream;

import dev.dunlin.checker.history.Watching;
import dev.dunlin.checker.transport.FrameNotes;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records the frames of a stream or a poll. On one thread. */
final class StreamNotes implements FrameNotes {
    private final Map<ChannelName, Watching> watching;
    private volatile Duration each = Duration.ZERO;

    StreamNotes(Map<ChannelName, Watching> watching) {
        this.watching = Map.copyOf(watching);
    }

    @Override
    public void slow(Duration time) {
        each = time;
    }

    @Override
    public boolean take(ServerFrame frame, boolean resuming) throws InterruptedException {
        return switch (frame) {
            case ServerFrame.LogEvent event -> {
                Watching one = watching.get(event.channel());
                if (one != null) {
                    one.seen(event);
                }
                if (!each.isZero()) {
                    Thread.sleep(each);
                }
                yield true;
            }
            case ServerFrame.Gap gap -> {
                Watching one = watching.get(gap.channel());
                if (one != null) {
                    one.gap(gap.from(), gap.to());
                }
                yield true;
            }
            case ServerFrame.Subscribed subscribed -> {
                onSubscribed(subscribed, resuming);
                yield true;
            }
            case ServerFrame.ErrorReply error -> {
                watching.values().forEach(one -> one.refused(error.message()));
                yield false;
            }
            case ServerFrame.GoAway _ -> false;
            default -> true;
        };
    }

    private void onSubscribed(ServerFrame.Subscribed subscribed, boolean resuming) {
        Watching one = watching.get(subscribed.channel());
        Long head = subscribed.head();
        if (one == null || head == null) {
            return;
        }
        @Nullable StreamPosition position = one.position().orElse(null);
        if (position == null || !resuming) {
            // without a cursor a client starts with the newest event
            one.started(subscribed.epoch(), head);
            return;
        }
        boolean recovered = Boolean.TRUE.equals(subscribed.recovered());
        one.resumed(recovered);
        one.numbered(subscribed.epoch());
        if (!recovered && head > position.seq()) {
            one.gap(position.seq() + 1, head);
        }
    }
}
