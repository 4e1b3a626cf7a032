package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.message.testing.MemoryLog;
import java.util.function.Consumer;

/** A log in memory to which things happen. */
final class TroubledLog implements ChannelLog {
    final MemoryLog log = new MemoryLog();
    /** Before a state is stored; what it throws, the store throws. */
    Consumer<LogState> before = state -> {};
    /** After a state was stored. */
    Consumer<LogState> after = state -> {};

    @Override
    public LogState load(Touched touched) {
        return log.load(touched);
    }

    @Override
    public boolean loadsBesideAppends() {
        return log.loadsBesideAppends();
    }

    @Override
    public void append(LogState state) {
        before.accept(state);
        log.append(state);
        after.accept(state);
    }
}
