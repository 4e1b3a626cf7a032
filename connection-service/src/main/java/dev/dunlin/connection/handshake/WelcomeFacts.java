package dev.dunlin.connection.handshake;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;

/** What {@code welcome} says about this node, and the bounds of a link. */
public record WelcomeFacts(NodeId node, Duration heartbeat, ServerFrame.Limits limits, int outboxBytes) {}
