package dev.dunlin.protocol.kafka;

import java.util.List;

/** The Kafka topics of the suite. */
public final class Topics {
    /** Key: channel. Value: {@link ChannelCommand}. */
    public static final String CHANNEL_COMMANDS = "channel.commands";
    /** Key: channel. Value: {@link ChannelEvent}. */
    public static final String CHANNEL_EVENTS = "channel.events";
    /** Key: user. Value: {@link SessionEvent}. */
    public static final String SESSION_EVENTS = "session.events";

    /** All of them. */
    public static final List<String> ALL = List.of(CHANNEL_COMMANDS, CHANNEL_EVENTS, SESSION_EVENTS);

    private Topics() {}
}
