package dev.dunlin.message.rest;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.Refusal;
import dev.dunlin.message.command.Asker;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What a request says of who asks. */
final class Askers {
    private Askers() {}

    /** The caller, as it asks for {@code channel}. */
    static Asker of(Caller caller, ChannelName channel) {
        return new Asker(caller.user(), caller.grant(channel), caller.canSubscribe(channel), caller.trace());
    }

    /** The body of a request that must have one. */
    static <T> T require(@Nullable T body) {
        if (body == null) {
            throw new Refusal(ErrorCode.BAD_REQUEST, "body: is required");
        }
        return body;
    }
}
