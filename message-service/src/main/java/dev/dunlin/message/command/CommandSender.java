package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import java.util.concurrent.CompletableFuture;

/** Puts commands on {@code channel.commands}. Thread-safe; may block for a moment. */
public interface CommandSender {
    /**
     * Completes when the broker has the command on disk, with its place; fails if it does not get
     * it.
     */
    CompletableFuture<LogPosition> send(ChannelCommand command, TraceId trace);
}
