package dev.dunlin.protocol.http;

import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a channel's raw log, oldest first.
 *
 * @param first the oldest seq that is still retained; {@code head + 1} if none is
 * @param next absent on the last page
 */
public record EventPage(
        Epoch epoch,
        long head,
        long first,
        List<ServerFrame.LogEvent> events,
        @Nullable String next) {}
