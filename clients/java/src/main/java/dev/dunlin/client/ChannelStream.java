package dev.dunlin.client;

import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ServerFrame.LogEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts one channel's events in order: hands out each seq once, keeps what came early until the hole
 * before it is filled. Holds at most {@link #MAX_EARLY} events; what does not fit is fetched again.
 * Not thread-safe.
 */
final class ChannelStream {
    static final int MAX_EARLY = 1000;

    private @Nullable StreamPosition position;
    private final TreeMap<Long, LogEvent> early = new TreeMap<>();
    private long newestHeardOf;

    /** Without a position yet, the first event or {@link #startAt} makes it. */
    ChannelStream() {}

    ChannelStream(StreamPosition position) {
        this.position = position;
        this.newestHeardOf = position.seq();
    }

    /** Everything up to this has been handed out; null if nothing is known yet. */
    @Nullable
    StreamPosition position() {
        return position;
    }

    /** Whether {@code head} belongs to another numbering than this position. */
    boolean isOtherNumbering(StreamPosition head) {
        return position != null && position.epoch() != null && !position.epoch().equals(head.epoch());
    }

    /** Forgets everything and goes on after {@code now}; drops what the position already covers. */
    void startAt(StreamPosition now) {
        position = now;
        early.clear();
        newestHeardOf = now.seq();
    }

    /** Forgets everything: no position is known any more. */
    void clear() {
        position = null;
        early.clear();
        newestHeardOf = 0;
    }

    /** The highest seq that is known to exist. */
    long newest() {
        return newestHeardOf;
    }

    /** Learns the numbering of a position that was made from an event. */
    void adopt(StreamPosition head) {
        if (position != null && position.epoch() == null) {
            position = new StreamPosition(head.epoch(), position.seq());
        }
    }

    /** Takes an event, from whatever source; returns those that are now in turn, in order. */
    List<LogEvent> accept(LogEvent event) {
        if (position == null) {
            startAt(new StreamPosition(null, event.seq() - 1));
        }
        hearOf(event.seq());
        if (event.seq() <= seq()) {
            return List.of();
        }
        if (early.size() < MAX_EARLY || event.seq() == seq() + 1) {
            early.put(event.seq(), event);
        }
        return inTurn();
    }

    /** Gives up the events up to {@code seq}; returns those that are now in turn. */
    List<LogEvent> skipTo(long seq) {
        if (seq > seq()) {
            moveTo(seq);
            early.headMap(seq, true).clear();
        }
        return inTurn();
    }

    /** Learns that the channel has events up to {@code seq}. */
    void hearOf(long seq) {
        newestHeardOf = Math.max(newestHeardOf, seq);
    }

    /** Whether there are events that have not been handed out. */
    boolean isBehind() {
        return newestHeardOf > seq();
    }

    long seq() {
        return position == null ? 0 : position.seq();
    }

    private List<LogEvent> inTurn() {
        List<LogEvent> turn = new ArrayList<>();
        for (LogEvent next = early.remove(seq() + 1); next != null; next = early.remove(seq() + 1)) {
            turn.add(next);
            moveTo(next.seq());
        }
        return turn;
    }

    private void moveTo(long seq) {
        position = new StreamPosition(position == null ? null : position.epoch(), seq);
    }
}
