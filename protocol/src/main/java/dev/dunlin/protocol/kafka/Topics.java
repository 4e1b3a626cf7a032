package dev.dunlin.protocol.kafka;

import java.util.List;
import java.util.OptionalInt;

/** The Kafka topics of the suite. */
public final class Topics {
    /** Key: channel. Value: {@link ChannelCommand}. */
    public static final String CHANNEL_COMMANDS = "channel.commands";
    /**
     * Dead-lettered records of {@link #CHANNEL_COMMANDS}, unchanged, with headers that give the
     * reason.
     */
    public static final String CHANNEL_COMMANDS_DLQ = "channel.commands.dlq";
    /** Key: channel. Value: {@link ChannelEvent}. */
    public static final String CHANNEL_EVENTS = "channel.events";
    /**
     * Key: user or node. Value: {@link SessionRecord}. Has {@link PresenceShard#COUNT} partitions.
     */
    public static final String SESSION_EVENTS = "session.events";
    /**
     * Key: {@link StoredUser.Key}. Value: {@link StoredUser}. Compacted. Has
     * {@link PresenceShard#COUNT} partitions, by {@link PresenceShard}.
     */
    public static final String PRESENCE_USERS = "presence.users";
    /** Key: user. Value: {@link UserEvent}. */
    public static final String USER_EVENTS = "user.events";

    /** Key: device. Notifications that were given up, without user, channel and content. */
    public static final String PUSH_DLQ = "push.dlq";

    /** All topics. */
    public static final List<String> ALL = List.of(
            CHANNEL_COMMANDS,
            CHANNEL_COMMANDS_DLQ,
            CHANNEL_EVENTS,
            SESSION_EVENTS,
            PRESENCE_USERS,
            USER_EVENTS,
            PUSH_DLQ);

    /** How many partitions a topic must have; empty if any number will do. */
    public static OptionalInt partitions(String topic) {
        return topic.equals(SESSION_EVENTS) || topic.equals(PRESENCE_USERS)
                ? OptionalInt.of(PresenceShard.COUNT)
                : OptionalInt.empty();
    }

    private Topics() {}
}
