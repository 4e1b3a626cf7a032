package dev.dunlin.client;

import dev.dunlin.client.transport.Transport;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;

/** How a client stands with the suite. */
public sealed interface ConnectionState {
    /** On its way; {@code attempt} counts from 1 since a link was last good. */
    record Connecting(int attempt, Transport transport) implements ConnectionState {}

    /**
     * The link is up; what was subscribed is subscribed again. On a poll the server does not say
     * how it calls the session and the node: then both are {@code -}.
     */
    record Connected(Transport transport, ServerFrame.Welcome welcome) implements ConnectionState {}

    /**
     * There is no link; the next attempt, by {@code transport}, follows after {@code delay}.
     * {@code attempt} is the one that failed.
     */
    record Waiting(int attempt, Transport transport, Duration delay, String why) implements ConnectionState {}

    /**
     * There is no link and there will be none, unless the application asks for it by
     * {@link DunlinClient#connect}. {@code code} is the close code that says why.
     */
    record Closed(int code, String why) implements ConnectionState {}
}
