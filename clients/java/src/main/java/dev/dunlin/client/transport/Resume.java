package dev.dunlin.client.transport;

import dev.dunlin.protocol.ChannelName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the HTTP transports go on; outlives a link, so that the next one resumes. On the loop only.
 */
final class Resume {
    private @Nullable String cursor;
    private Set<ChannelName> channels = Set.of();

    /** The server's own, as it gave it; null if there is none. */
    @Nullable
    String cursor() {
        return cursor;
    }

    /** The channels that the cursor speaks of. */
    Set<ChannelName> channels() {
        return cursor == null ? Set.of() : channels;
    }

    void at(String reached, Set<ChannelName> named) {
        cursor = reached;
        channels = named;
    }

    /** The positions go on by themselves, or the server does not take the cursor. */
    void forget() {
        cursor = null;
    }
}
