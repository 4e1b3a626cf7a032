package dev.dunlin.message.testing;

import dev.dunlin.message.command.ChannelLog;

class MemoryLogTest extends ChannelLogContract {
    private final MemoryLog log = new MemoryLog();

    @Override
    protected ChannelLog log() {
        return log;
    }
}
