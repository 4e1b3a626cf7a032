package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.frame.ServerFrame;

/**
 * The ack of a command, and the position of its record. If the event that the ack names came from
 * that position, this command made the event.
 */
public record Settled(ServerFrame.Ack ack, LogPosition position) {}
