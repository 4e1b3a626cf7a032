package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records one observer in one channel while it runs. Thread-safe; its steps must come from one
 * thread at a time.
 */
public final class Watching {
    private final Recorder recorder;
    private final Observer observer;
    private final ChannelName channel;
    private final List<Step> steps = new ArrayList<>();
    private @Nullable Epoch epoch;
    private long position = -1;
    private boolean ended;

    Watching(Recorder recorder, Observer observer, ChannelName channel) {
        this.recorder = recorder;
        this.observer = observer;
        this.channel = channel;
    }

    public Observer observer() {
        return observer;
    }

    public ChannelName channel() {
        return channel;
    }

    /** It starts, or starts again, after a position. */
    public synchronized void started(@Nullable Epoch from, long seq) {
        if (from != null) {
            epoch = from;
        }
        position = seq;
        add(new Step.Started(recorder.now(), from, seq));
    }

    /** It received an event. */
    public synchronized void seen(ServerFrame.LogEvent frame) {
        Event event = recorder.intern(Event.of(frame));
        position = Math.max(position, event.seq());
        add(new Step.Seen(recorder.now(), event));
    }

    /** The suite announced that these will not be delivered. */
    public synchronized void gap(long from, long to) {
        position = Math.max(position, to);
        add(new Step.Gap(recorder.now(), from, to));
    }

    /** It resumed after its link was lost. */
    public synchronized void resumed(boolean recovered) {
        add(new Step.Resumed(recorder.now(), recovered));
    }

    /** The suite ended its subscription, and it subscribes again. */
    public synchronized void refused(String why) {
        add(new Step.ThrownOut(recorder.now(), why));
    }

    /** The suite reports another epoch. */
    public synchronized void otherEpoch(@Nullable Epoch now, long seq) {
        epoch = now;
        position = seq;
        add(new Step.OtherEpoch(recorder.now(), now));
    }

    /** The suite reports the epoch, perhaps again. */
    public synchronized void numbered(@Nullable Epoch now) {
        if (epoch != null && now != null && !epoch.equals(now)) {
            add(new Step.OtherEpoch(recorder.now(), now));
        }
        epoch = now == null ? epoch : now;
    }

    /** It stops before the end, so it need not receive everything. */
    public synchronized void ended() {
        ended = true;
    }

    /**
     * Everything up to this position was received or announced as missing; empty before the start.
     */
    public synchronized Optional<StreamPosition> position() {
        return position < 0 ? Optional.empty() : Optional.of(new StreamPosition(epoch, position));
    }

    /** Whether it watches until the end. */
    public synchronized boolean isOpen() {
        return !ended;
    }

    synchronized Watch watch() {
        return new Watch(observer, channel, steps, !ended);
    }

    private void add(Step step) {
        steps.add(step);
        recorder.stepped(this, step);
    }
}
