package dev.dunlin.checker.transport.socket;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.Publishing;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Publishes over a bare link, one message at a time. What is not answered is sent again, on another
 * link if necessary.
 */
public final class SocketPublishing implements Publishing {
    private static final Duration EACH = Duration.ofSeconds(6);
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Access access;
    private final Who who;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable SocketLink link;
    private long lastRef;

    public SocketPublishing(Access access, Who who) {
        this.access = access;
        this.who = who;
    }

    @Override
    public Answer publish(ChannelName channel, ClientMessageId id, JsonNode data, Duration patience)
            throws InterruptedException {
        turn.lockInterruptibly();
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            while (System.nanoTime() - deadline < 0) {
                Answer answer = attempt(channel, id, data);
                if (!(answer instanceof Answer.Unknown)) {
                    return answer;
                }
                Thread.sleep(BETWEEN);
            }
            return new Answer.Unknown("no answer in " + patience);
        } finally {
            turn.unlock();
        }
    }

    private Answer attempt(ChannelName channel, ClientMessageId id, JsonNode data) throws InterruptedException {
        try {
            SocketLink open = link();
            Ref ref = Ref.of(++lastRef);
            open.send(new ClientFrame.Publish(ref, channel, id, data, null));
            long deadline = System.nanoTime() + EACH.toNanos();
            while (!open.isOver() && System.nanoTime() - deadline < 0) {
                for (ServerFrame frame : open.poll(POLL)) {
                    if (frame instanceof ServerFrame.Ack ack && ref.equals(ack.ref())) {
                        return new Answer.Acked(ack.seq());
                    }
                    if (frame instanceof ServerFrame.ErrorReply error && ref.equals(error.ref())) {
                        return error.retryable() ? new Answer.Unknown("later") : new Answer.Refused(error.code());
                    }
                }
            }
            drop(); // the answer or the message is lost: another link may lead to a better node
            return new Answer.Unknown("no answer");
        } catch (IOException e) {
            return new Answer.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private SocketLink link() throws IOException, InterruptedException {
        SocketLink open = link;
        if (open == null || open.isOver()) {
            open = SocketLink.open(
                    access.connector(), access.socket(), access.tokens().apply(who));
            link = open;
        }
        return open;
    }

    private void drop() {
        if (link != null) {
            link.close();
            link = null;
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            drop();
        } finally {
            turn.unlock();
        }
    }
}
