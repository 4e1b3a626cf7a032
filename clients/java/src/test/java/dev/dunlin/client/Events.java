package dev.dunlin.client;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;
import java.util.stream.LongStream;

/** Events to test with. */
final class Events {
    static final ChannelName ENG = new ChannelName("group:eng");
    static final Epoch FIRST = new Epoch("e1");

    private Events() {}

    static ServerFrame.LogEvent event(long seq) {
        return new ServerFrame.Message(
                ENG,
                seq,
                new ClientMessageId("m" + seq),
                new UserId("alice"),
                1_000 + seq,
                Json.tree("text " + seq),
                null,
                null,
                null,
                null);
    }

    static List<ServerFrame.LogEvent> events(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Events::event).toList();
    }

    static StreamPosition at(long seq) {
        return new StreamPosition(FIRST, seq);
    }
}
