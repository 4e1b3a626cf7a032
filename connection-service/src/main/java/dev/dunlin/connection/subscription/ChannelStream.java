package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.HistoryFilter;
import dev.dunlin.connection.link.Latest;
import dev.dunlin.connection.session.Session;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * What one session gets of one channel: its position in the log, and the frames that follow it.
 * Each seq after the position is sent once, in order, by itself or in a {@code gap}. It is a
 * superclass and not a part of {@link Subscription}, so that an idle subscription is one object. On
 * the session's loop.
 */
abstract sealed class ChannelStream permits Subscription {
    private ChannelName channel;
    private @Nullable Epoch epoch;
    /** The last event handed to the outbox. */
    private long delivered;
    /** The last event known to exist. */
    private long newest;
    /** Hides what the user may not see. */
    private HistoryFilter filter = HistoryFilter.NONE;
    /** Set if a slow client gets only the latest message. */
    private @Nullable Latest latest;

    ChannelStream(ChannelName channel) {
        this.channel = channel;
    }

    public abstract Session session();

    public ChannelName channel() {
        return channel;
    }

    /** Null for an ephemeral channel, and before it is attached. */
    @Nullable
    Epoch epoch() {
        return epoch;
    }

    long delivered() {
        return delivered;
    }

    long newest() {
        return newest;
    }

    HistoryFilter filter() {
        return filter;
    }

    boolean onlyLatest() {
        return latest != null;
    }

    /**
     * From now on a slow client gets only the latest message, as the channel's namespace allows.
     */
    void conflate() {
        latest = new Latest((from, to) -> gap(from, to, true));
    }

    /** Hides everything before seq {@code from} from the user. */
    void hideBefore(long from) {
        filter = HistoryFilter.before(from);
    }

    /** Keeps the hub's copy of the name, which all subscribers share. */
    void name(ChannelName shared) {
        channel = shared;
    }

    /** Events up to {@code seq} are known to exist. */
    void know(long seq) {
        newest = seq;
    }

    /** Begins after the head of the log. */
    void beginAfter(LogHead head) {
        epoch = head.epoch();
        delivered = head.seq();
        newest = head.seq();
    }

    /** Events up to {@code seq} were sent, or the client has them. */
    void advanceTo(long seq) {
        delivered = seq;
    }

    /** Whether everything after a client's position may be replayed to it. */
    boolean canReplayAfter(StreamPosition after, int maxEvents) {
        return (after.epoch() == null || after.epoch().equals(epoch))
                && filter.showsAllAfter(after.seq())
                && newest - after.seq() <= maxEvents;
    }

    /** Sends the next event. */
    void send(LiveEvent event) {
        delivered = event.seq();
        byte[] frame = filter.show(event.frame());
        if (latest == null) {
            session().outbox().offer(frame);
        } else if (event.isMessage()) {
            session().outbox().offerLatest(latest, event.seq(), event.frame());
        } else {
            session().outbox().offerBetween(latest, frame);
        }
    }

    /** Whether this client gets every event, with the same bytes as all others. */
    boolean sendsUnchanged() {
        return latest == null && filter == HistoryFilter.NONE;
    }

    /** Sends the next events together, if they are {@link #sendsUnchanged sent unchanged}. */
    void send(EventBatch batch) {
        delivered = batch.last();
        session().outbox().offer(batch.frames());
    }

    /**
     * Sends one gap for everything that was not sent up to seq {@code to}.
     *
     * @param leftOut whether events are missing only because a slow client gets the latest message
     */
    void skipTo(long to, boolean leftOut) {
        if (to > delivered) {
            session().outbox().offer(gap(delivered + 1, to, leftOut));
            delivered = to;
        }
    }

    /** Sends a gap for what was sent to others after the position that this client named. */
    void reportMissedAfter(long position) {
        if (delivered > position) {
            session().outbox().offer(gap(position + 1, delivered, false));
        }
    }

    /**
     * Answers a {@code subscribe}; {@code from} and {@code recovered} are null without a position.
     */
    void answer(SubscribeRequest request, @Nullable Long from, @Nullable Boolean recovered) {
        StreamPosition after = request.frame().after();
        if (!request.silent()) {
            session()
                    .send(new ServerFrame.Subscribed(
                            request.frame().ref(), channel, epoch, epoch == null ? null : newest, from, recovered));
        } else if (after != null && Boolean.FALSE.equals(recovered)) {
            reportMissedAfter(after.seq());
        }
    }

    private byte[] gap(long from, long to, boolean leftOut) {
        return Json.write(new ServerFrame.Gap(channel, from, to, leftOut ? true : null));
    }
}
