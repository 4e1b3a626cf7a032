package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import org.jspecify.annotations.Nullable;

/**
 * A call that the provider of a device received. Times are monotonic, in nanoseconds since the
 * start of the check.
 *
 * @param device the name of the device
 * @param alert whether it notifies; otherwise it takes a notification away
 * @param content what the notification says; null if it says nothing
 * @param status the HTTP status of the answer, {@link #UNANSWERED} if there was none
 */
public record PushCall(
        String device,
        boolean alert,
        ChannelName channel,
        long seq,
        @Nullable String content,
        long at,
        long answeredAt,
        int status) {
    /** The status of a call without an answer. */
    public static final int UNANSWERED = 0;

    private static final int GONE = 410;

    /** Whether the provider accepted it. */
    public boolean accepted() {
        return status / 100 == 2;
    }

    /** Whether the provider answered that the device is gone. */
    public boolean gone() {
        return status == GONE;
    }
}
