package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.frame.ServerFrame;

/**
 * A command that was not refused, and the place of its own record: if what the ack names came from
 * that record, this command made it.
 */
public record Settled(ServerFrame.Ack ack, LogPosition position) {}
