package dev.dunlin.protocol.kafka;

import java.util.List;

/** The Kafka topics of the suite. */
public final class Topics {
    /** Key: channel. Value: {@link ChannelCommand}. */
    public static final String CHANNEL_COMMANDS = "channel.commands";
    /**
     * Records of {@link #CHANNEL_COMMANDS} that could not be carried out, as they came, with
     * headers that say why.
     */
    public static final String CHANNEL_COMMANDS_DLQ = "channel.commands.dlq";
    /** Key: channel. Value: {@link ChannelEvent}. */
    public static final String CHANNEL_EVENTS = "channel.events";
    /** Key: user. Value: {@link SessionEvent}. */
    public static final String SESSION_EVENTS = "session.events";
    /** Key: user. Value: {@link UserEvent}. */
    public static final String USER_EVENTS = "user.events";

    /** All of them. */
    public static final List<String> ALL =
            List.of(CHANNEL_COMMANDS, CHANNEL_COMMANDS_DLQ, CHANNEL_EVENTS, SESSION_EVENTS, USER_EVENTS);

    private Topics() {}
}
