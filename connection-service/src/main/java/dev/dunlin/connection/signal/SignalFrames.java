package dev.dunlin.connection.signal;

import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.subscription.ChannelUse;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Sends the signals and typing frames of sessions. A refusal is answered with an error; a frame
 * that the bus does not take is dropped. One for the node.
 */
public final class SignalFrames {
    private final Signals signals;
    private final RandomGenerator random;

    public SignalFrames(Signals signals, RandomGenerator random) {
        this.signals = signals;
        this.random = random;
    }

    /**
     * Sends at once with a granted subscription. Without one, or while it is pending, asks for
     * access first. Drops the frame while an access check is open. On the session's loop.
     */
    public void handle(Session session, ChannelUse use, ClientFrame.EphemeralFrame frame) {
        TraceId trace = TraceId.next(random);
        ServerFrame.EphemeralEvent event = event(session, frame);
        CompletionStage<Void> sent =
                switch (use) {
                    case GRANTED -> signals.sendSubscribed(event, session.identity(), session.id(), trace);
                    case UNKNOWN -> signals.sendIfAllowed(event, session.identity(), session.id(), trace);
                    case DOUBTFUL -> CompletableFuture.completedStage(null);
                };
        var unused = sent.whenComplete((done, failure) -> {
            Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
            if (cause instanceof RefusedException refused) {
                session.loop().execute(() -> session.refuse(null, refused.value()));
            }
        });
    }

    private static ServerFrame.EphemeralEvent event(Session session, ClientFrame.EphemeralFrame frame) {
        return switch (frame) {
            case ClientFrame.Signal f -> new ServerFrame.Signal(f.channel(), session.user(), f.data());
            case ClientFrame.Typing f -> new ServerFrame.Typing(f.channel(), session.user());
        };
    }
}
