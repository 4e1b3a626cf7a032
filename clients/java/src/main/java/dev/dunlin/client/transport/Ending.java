package dev.dunlin.client.transport;

import dev.dunlin.client.link.Link;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a link is over.
 *
 * @param code a close code of {@code docs/protocol.md} section 6; for an HTTP status, the one of
 *     the same meaning
 * @param retryAfter how long the server asked to stay away
 * @param against how much it speaks for the transport being of no use here: 0 nothing, 1 some, 2
 *     enough; null if it is not known
 */
public record Ending(
        int code,
        String reason,
        @Nullable Duration retryAfter,
        @Nullable Double against) {
    /** An end without a close code. */
    public static Ending broken(String reason, double against) {
        return new Ending(Link.ABNORMAL, reason, null, against);
    }

    /** An end by a close code, or by a loss of which nobody knows what it means. */
    public static Ending by(int code, String reason) {
        return new Ending(code, reason, null, null);
    }

    /** How much speaks against the transport, or {@code unknown}. */
    public double against(double unknown) {
        return against == null ? unknown : against;
    }

    /** The same with another judgement. */
    public Ending judged(double judgement) {
        return new Ending(code, reason, retryAfter, judgement);
    }

    /** Whether it tells nothing but that the link is gone. */
    public boolean isAbnormal() {
        return code == Link.ABNORMAL;
    }
}
