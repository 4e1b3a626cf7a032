package dev.dunlin.message.channel;

import dev.dunlin.protocol.Refusal;
import java.util.function.Function;

/**
 * The outcome of looking something up for a user. Only the HTTP edge turns a refusal into an
 * exception.
 */
public sealed interface Lookup<T> {
    /** The user may have it. */
    record Found<T>(T value) implements Lookup<T> {}

    /** The user does not get it, and why. */
    record Refused<T>(Refusal refusal) implements Lookup<T> {}

    /** Looks up the next thing with what was found; a refusal stays as it is. */
    default <R> Lookup<R> then(Function<T, Lookup<R>> next) {
        return switch (this) {
            case Found<T>(var value) -> next.apply(value);
            case Refused<T>(var refusal) -> new Refused<>(refusal);
        };
    }
}
