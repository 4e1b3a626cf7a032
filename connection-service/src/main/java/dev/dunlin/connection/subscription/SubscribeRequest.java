package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.frame.ClientFrame;

/**
 * A {@code subscribe} that waits for its turn.
 *
 * @param silent whether it gets no reply, because {@code welcome} or the node itself made it
 */
record SubscribeRequest(ClientFrame.Subscribe frame, boolean silent) {}
