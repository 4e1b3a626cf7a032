package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import java.util.List;

/**
 * Asks for the heads of channels: the body of {@code POST /internal/heads}, at most {@link #MOST}
 * of them.
 */
public record HeadsQuery(List<ChannelName> channels) {
    public static final int MOST = 1_000;
}
