package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.message.testing.MemoryLog;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A log in memory to which things happen. */
final class TroubledLog implements ChannelLog {
    final MemoryLog log = new MemoryLog();
    /** Before a state is stored; what it throws, the store throws. */
    Consumer<LogState> before = state -> {};
    /** What the store refuses; asked after {@link #before}. */
    volatile Predicate<LogState> refuse = state -> false;

    boolean besideAppends = true;
    /** After a state was stored. */
    Consumer<LogState> after = state -> {};

    @Override
    public LogState load(Touched touched) {
        return log.load(touched);
    }

    @Override
    public boolean loadsBesideAppends() {
        return besideAppends;
    }

    @Override
    public void append(LogState state) {
        before.accept(state);
        if (refuse.test(state)) {
            throw new RefusedData("refused", new IllegalStateException());
        }
        log.append(state);
        after.accept(state);
    }
}
