package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.message.testing.MemoryLog;
import dev.dunlin.protocol.ChannelName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A log in memory to which things happen. */
final class TroubledLog implements ChannelLog {
    final MemoryLog log = new MemoryLog();
    /**
     * Before a state is stored. What it throws the store throws, and {@link RefusedData} it
     * refuses.
     */
    Consumer<LogState> before = state -> {};
    /** What the store refuses; asked after {@link #before}. */
    volatile Predicate<LogState> refuse = state -> false;

    boolean besideAppends = true;
    final AtomicInteger loads = new AtomicInteger();
    /** After a state was stored. */
    Consumer<LogState> after = state -> {};

    @Override
    public LogState load(Touched touched) {
        loads.incrementAndGet();
        return log.load(touched);
    }

    @Override
    public boolean loadsBesideAppends() {
        return besideAppends;
    }

    @Override
    public Append append(LogState state) {
        try {
            before.accept(state);
        } catch (RefusedData refused) {
            return new Append.Refused(refused);
        }
        if (refuse.test(state)) {
            return new Append.Refused(new RefusedData("refused", new IllegalStateException()));
        }
        Append outcome = log.append(state);
        after.accept(state);
        return outcome;
    }

    @Override
    public Optional<List<Keys.OfClientId>> clientIds(ChannelName channel) {
        return log.clientIds(channel);
    }
}
