package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import java.util.List;

/**
 * Of which channels the heads are asked: the body of {@code POST /internal/heads}, at most {@link
 * #MOST} of them.
 */
public record HeadsQuery(List<ChannelName> channels) {
    public static final int MOST = 1_000;
}
