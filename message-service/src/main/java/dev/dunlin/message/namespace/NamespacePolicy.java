package dev.dunlin.message.namespace;

import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the channels of a namespace do, {@code docs/protocol.md} section 1.
 *
 * @param durable         stored and numbered; else nothing of it reaches Kafka or the store
 * @param retention       how long events are kept; absent means for ever
 * @param maxMessageBytes the most bytes of a message's encoded data
 */
public record NamespacePolicy(
        String namespace,
        boolean durable,
        Read read,
        Publish publish,
        boolean presence,
        boolean push,
        @Nullable Duration retention,
        int maxMessageBytes) {
    /** The largest {@code maxMessageBytes}: with it a command still fits in a Kafka record of the default size. */
    public static final int MOST_MESSAGE_BYTES = 900_000;

    /** Who may read. */
    public enum Read {
        OPEN,
        MEMBERS
    }

    /** Who may publish. */
    public enum Publish {
        MEMBERS,
        SERVER,
        ANYONE
    }

    public NamespacePolicy {
        if (!namespace.matches("[A-Za-z0-9_.@-]{1,64}")) {
            throw new IllegalArgumentException("the name of a namespace must be 1 to 64 characters of [A-Za-z0-9_.@-]");
        }
        if (maxMessageBytes < 1 || maxMessageBytes > MOST_MESSAGE_BYTES) {
            throw new IllegalArgumentException("max-message-bytes: must be 1 to " + MOST_MESSAGE_BYTES);
        }
        if (retention != null && (retention.isNegative() || retention.isZero())) {
            throw new IllegalArgumentException("retention: must be longer than nothing");
        }
        if (!durable && (read == Read.MEMBERS || publish == Publish.MEMBERS)) {
            throw new IllegalArgumentException(
                    "read, publish: cannot be members unless durable: an ephemeral channel has no members");
        }
        if (namespace.equals("dm") && (!durable || read != Read.MEMBERS)) {
            throw new IllegalArgumentException("the namespace dm must be durable and read by members");
        }
    }

    /** How long events are kept, if not for ever. */
    public Optional<Duration> retainedFor() {
        return Optional.ofNullable(retention);
    }

    /** Whether a channel comes to be when somebody first asks for it, without being created. */
    public boolean open() {
        return read == Read.OPEN;
    }

    /** Whether a user may read a channel, given whether it is a member and whether its token grants it. */
    public boolean mayRead(boolean member, boolean granted) {
        return open() || member || granted;
    }

    /** Whether a user may publish to a channel, given whether it is a member and what its token grants. */
    public boolean mayPublish(boolean member, Grant grant) {
        return grant != Grant.NONE
                || switch (publish) {
                    case ANYONE -> true;
                    case MEMBERS -> member;
                    case SERVER -> false;
                };
    }
}
