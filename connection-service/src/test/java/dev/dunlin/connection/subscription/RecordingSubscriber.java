package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what it receives: {@code head 3}, {@code 4}, {@code gap 6}, {@code refused},
 * {@code lost}.
 */
final class RecordingSubscriber implements Subscriber {
    final List<String> received = new ArrayList<>();
    /** How often several events came together. */
    int batches;

    private final Executor loop;

    RecordingSubscriber(Executor loop) {
        this.loop = loop;
    }

    @Override
    public Executor loop() {
        return loop;
    }

    @Override
    public void attached(ChannelName channel, @Nullable LogHead head) {
        received.add("head " + (head == null ? "none" : head.seq()));
    }

    @Override
    public void refused(Refusal why) {
        received.add("refused");
    }

    @Override
    public void event(LiveEvent event) {
        boolean gap = new String(event.frame(), StandardCharsets.UTF_8).contains("\"gap\"");
        received.add((gap ? "gap " : "") + event.seq());
    }

    @Override
    public void events(EventBatch batch) {
        batches++;
        Subscriber.super.events(batch);
    }

    @Override
    public void ephemeral(@Nullable SessionId sender, byte[] frame) {
        received.add("ephemeral");
    }

    @Override
    public void recheck(Consumer<Boolean> done) {
        done.accept(true);
    }

    @Override
    public void lost() {
        received.add("lost");
    }
}
