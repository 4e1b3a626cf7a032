package dev.dunlin.client;

import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;

/** How a client stands with the suite. */
public sealed interface ConnectionState {
    /** The link is up; what was subscribed is subscribed again. */
    record Connected(ServerFrame.Welcome welcome) implements ConnectionState {}

    /** There is no link; another attempt follows after {@code delay}. */
    record Waiting(Duration delay, String why) implements ConnectionState {}

    /** There is no link and there will be none. */
    record Closed(String why) implements ConnectionState {}
}
