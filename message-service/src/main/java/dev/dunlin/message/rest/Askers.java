package dev.dunlin.message.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.edge.Caller;
import dev.dunlin.edge.Refusal;
import dev.dunlin.message.command.Asker;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import org.jspecify.annotations.Nullable;

/** What a request says of who asks. */
final class Askers {
    private Askers() {}

    /** The caller, as it asks for {@code channel}. */
    static Asker of(Caller caller, ChannelName channel) {
        return new Asker(caller.user(), caller.grant(channel), caller.canSubscribe(channel), caller.trace());
    }

    /** Throws {@code too_large} if a message's data is over what its namespace allows. */
    static void requireFits(NamespacePolicy policy, JsonNode data) {
        int bytes = Json.write(data).length;
        if (bytes > policy.maxMessageBytes()) {
            throw new Refusal(
                    ErrorCode.TOO_LARGE,
                    "data: has " + bytes + " bytes, " + policy.namespace() + " allows " + policy.maxMessageBytes());
        }
    }

    /** The body of a request that must have one. */
    static <T> T require(@Nullable T body) {
        if (body == null) {
            throw new Refusal(ErrorCode.BAD_REQUEST, "body: is required");
        }
        return body;
    }
}
