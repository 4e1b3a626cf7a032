package dev.dunlin.message.command;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A bus that keeps what it is given. */
final class RecordingBus implements Bus {
    private final List<Publication> published = new ArrayList<>();

    @Override
    public synchronized CompletableFuture<Void> publish(List<Publication> publications) {
        published.addAll(publications);
        return CompletableFuture.completedFuture(null);
    }

    /** The frames published on channels of that kind, such as {@code ch:}, in order. */
    synchronized List<ServerFrame> frames(String prefix) {
        return published.stream()
                .filter(one -> one.channel().name().startsWith(prefix))
                .map(one -> frame(one.payload()))
                .toList();
    }

    private static ServerFrame frame(byte[] payload) {
        try {
            return Json.read(BusMessage.decode(payload).frame(), ServerFrame.class);
        } catch (InvalidInput e) {
            throw new AssertionError(e);
        }
    }
}
