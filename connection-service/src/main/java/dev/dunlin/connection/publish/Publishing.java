package dev.dunlin.connection.publish;

import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.trace.Tracer;
import dev.dunlin.edge.FreshChannels;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.kafka.ChannelCommand;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands of frames. message-service decides on them and replies over the bus. Any thread.
 */
public final class Publishing {
    private static final Logger LOG = Logger.getLogger(Publishing.class);

    private final NodeId node;
    private final CommandLog log;
    private final int maxMessageBytes;
    private final FreshChannels fresh;
    private final Unanswered unanswered;
    private final RandomGenerator random;

    public Publishing(
            NodeId node,
            CommandLog log,
            int maxMessageBytes,
            FreshChannels fresh,
            Unanswered unanswered,
            RandomGenerator random) {
        this.node = node;
        this.log = log;
        this.maxMessageBytes = maxMessageBytes;
        this.fresh = fresh;
        this.unanswered = unanswered;
        this.random = random;
    }

    /**
     * Appends the frame's command, and answers the session if that fails. On the session's loop.
     *
     * @param bytes the size of the transport message that the frame came in
     */
    public void submit(Session session, ClientFrame.LogFrame frame, int bytes) {
        Ref ref = frame.ref();
        if (bytes > maxMessageBytes
                // a smaller message cannot exceed it; message-service has the final say
                && tooLarge(frame)) {
            session.refuse(ref, ErrorCode.TOO_LARGE, "data: must be at most " + maxMessageBytes + " bytes");
            return;
        }
        if (frame instanceof ClientFrame.Publish && !session.identity().grants().server()) {
            Optional<Refusal> tooMany = fresh.take(session.user(), frame.channel()); // it may create the channel
            if (tooMany.isPresent()) {
                session.refuse(ref, tooMany.get());
                return;
            }
        }
        boolean hasReply = hasReply(frame);
        if (hasReply) {
            Optional<Refusal> behind = unanswered.take();
            if (behind.isPresent()) {
                session.refuse(ref, behind.get());
                return;
            }
        }
        TraceId trace = TraceId.next(random);
        var unused = log.append(command(session, frame), trace).whenComplete((done, failure) -> {
            if (failure == null) {
                Tracer.step(trace, "published", frame.channel());
            } else {
                if (hasReply) {
                    unanswered.withdrawn();
                }
                session.loop().execute(() -> refuse(session, ref, failure));
            }
        });
    }

    private boolean tooLarge(ClientFrame.LogFrame frame) {
        return switch (frame) {
            case ClientFrame.Publish publish -> Json.write(publish.data()).length > maxMessageBytes;
            case ClientFrame.Edit edit -> Json.write(edit.data()).length > maxMessageBytes;
            case ClientFrame.Delete delete -> false;
            case ClientFrame.React react -> false;
            case ClientFrame.Read read -> false;
            case ClientFrame.Received received -> false;
        };
    }

    private ChannelCommand command(Session session, ClientFrame.LogFrame frame) {
        return new ChannelCommand(
                frame.channel(),
                session.user(),
                session.identity().grants().grant(frame.channel()),
                replyTo(session, frame),
                operation(frame));
    }

    /** Marks have no reply. */
    private ChannelCommand.@Nullable ReplyTo replyTo(Session session, ClientFrame.LogFrame frame) {
        return hasReply(frame) ? new ChannelCommand.ReplyTo(node, session.id(), frame.ref()) : null;
    }

    private static boolean hasReply(ClientFrame.LogFrame frame) {
        return !(frame instanceof ClientFrame.MarkFrame);
    }

    private static ChannelCommand.Operation operation(ClientFrame.LogFrame frame) {
        return switch (frame) {
            case ClientFrame.Publish f -> new ChannelCommand.Publish(f.id(), f.data(), f.replyTo(), f.mentions());
            case ClientFrame.Edit f -> new ChannelCommand.Edit(f.seq(), f.data(), f.mentions());
            case ClientFrame.Delete f -> new ChannelCommand.Delete(f.seq());
            case ClientFrame.React f -> new ChannelCommand.React(f.seq(), f.emoji(), Boolean.TRUE.equals(f.remove()));
            case ClientFrame.Read f -> new ChannelCommand.Mark(ChannelCommand.Mark.Kind.READ, f.seq());
            case ClientFrame.Received f -> new ChannelCommand.Mark(ChannelCommand.Mark.Kind.RECEIVED, f.seq());
        };
    }

    private static void refuse(Session session, @Nullable Ref ref, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof RefusedException refused) {
            session.refuse(ref, refused.value());
        } else {
            LOG.warnf("A command could not be appended: %s", cause);
            session.refuse(ref, ErrorCode.UNAVAILABLE, "it could not be written now; repeat it with the same id");
        }
    }
}
