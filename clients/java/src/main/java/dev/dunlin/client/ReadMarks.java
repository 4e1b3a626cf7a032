package dev.dunlin.client;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ClientFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Read marks move forward only. Nothing answers them, so those that were set since the link before
 * the last are sent again on the next. On the loop only.
 */
final class ReadMarks {
    private final Consumer<ClientFrame> send;
    private final Map<ChannelName, Long> marks = new HashMap<>();
    private Set<ChannelName> unsure = new HashSet<>();
    private Set<ChannelName> unsureBefore = Set.of();

    ReadMarks(Consumer<ClientFrame> send) {
        this.send = send;
    }

    void mark(ChannelName channel, long seq) {
        if (seq > marks.getOrDefault(channel, 0L)) {
            marks.put(channel, seq);
            unsure.add(channel);
            send.accept(new ClientFrame.Read(channel, seq));
        }
    }

    /** A link is up. */
    void online() {
        Set<ChannelName> again = new HashSet<>(unsureBefore);
        again.addAll(unsure);
        unsureBefore = unsure;
        unsure = new HashSet<>();
        again.forEach(channel -> send.accept(new ClientFrame.Read(channel, marks.getOrDefault(channel, 1L))));
    }
}
