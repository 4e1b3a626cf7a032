/**
 * The ways in which frames cross: WebSocket, server-sent events and long polling, each behind
 * {@link dev.dunlin.client.transport.FrameLink}, and the choice between them. An application needs
 * {@link dev.dunlin.client.transport.Transport} only. Everything is called on the client's loop.
 */
@NullMarked
package dev.dunlin.client.transport;

import org.jspecify.annotations.NullMarked;
