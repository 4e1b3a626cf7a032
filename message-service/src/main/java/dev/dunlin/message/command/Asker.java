package dev.dunlin.message.command;

import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;

/**
 * Who sends a command to a channel.
 *
 * @param grant what the token allows there beyond membership
 * @param maySubscribe whether the token allows reading there beyond membership
 */
public record Asker(UserId user, Grant grant, boolean maySubscribe, TraceId trace) {
    /** A user whose token is not known. */
    public static Asker plain(UserId user, TraceId trace) {
        return new Asker(user, Grant.NONE, false, trace);
    }
}
