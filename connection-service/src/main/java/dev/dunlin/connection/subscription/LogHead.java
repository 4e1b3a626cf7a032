package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.Epoch;

/** How far a channel's log has come. */
public record LogHead(Epoch epoch, long seq) {}
