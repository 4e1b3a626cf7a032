package dev.dunlin.message.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.message.channel.Lookup;
import dev.dunlin.message.command.Asker;
import dev.dunlin.message.command.CommandGateway.Answer;
import dev.dunlin.message.command.Settled;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns requests into what the ports take, and what they answer into responses or refusals. */
final class Askers {
    private Askers() {}

    /** The caller, as it asks for {@code channel}. */
    static Asker of(Caller caller, ChannelName channel) {
        return new Asker(caller.user(), caller.grant(channel), caller.canSubscribe(channel), caller.trace());
    }

    /** {@code too_large} if the data of a message is larger than its namespace allows. */
    static Optional<Refusal> findOversize(NamespacePolicy policy, JsonNode data) {
        int bytes = Json.write(data).length;
        return bytes <= policy.maxMessageBytes()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        ErrorCode.TOO_LARGE,
                        "data: has " + bytes + " bytes, " + policy.namespace() + " allows "
                                + policy.maxMessageBytes()));
    }

    /** What was looked up; throws the refusal. */
    static <T> T orRefuse(Lookup<T> lookup) {
        return switch (lookup) {
            case Lookup.Found<T>(var value) -> value;
            case Lookup.Refused<T>(var refusal) -> throw new RefusedException(refusal);
        };
    }

    /** What became of a command; throws its refusal. */
    static Settled settled(Answer answer) {
        return switch (answer) {
            case Answer.Done(var settled) -> settled;
            case Answer.Refused(var refusal) -> throw new RefusedException(refusal);
        };
    }

    /** Throws the refusal, if there is one. */
    static void requireNone(Optional<Refusal> refusal) {
        refusal.ifPresent(one -> {
            throw new RefusedException(one);
        });
    }

    /** The body of a request that must have one. */
    static <T> T require(@Nullable T body) {
        if (body == null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "body: is required");
        }
        return body;
    }
}
