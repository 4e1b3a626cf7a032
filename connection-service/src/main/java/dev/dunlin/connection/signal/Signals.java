package dev.dunlin.connection.signal;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.bus.Bus;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Publishes ephemeral frames to all subscribers of a channel, directly over the bus. Any thread.
 */
public final class Signals {
    private final Bus bus;
    private final ChannelDirectory directory;

    public Signals(Bus bus, ChannelDirectory directory) {
        this.bus = bus;
        this.directory = directory;
    }

    /**
     * Sends a frame for a session with a granted subscription. A direct channel is checked each
     * time, because the other user may have blocked the sender meanwhile. Completes when the frame
     * is on the bus; fails with {@link java.io.IOException} when it is dropped, and with
     * {@link RefusedException} if the sender is blocked.
     */
    public CompletionStage<Void> sendSubscribed(
            ServerFrame.EphemeralEvent frame, Identity sender, SessionId session, TraceId trace) {
        return frame.channel().directMembers().isEmpty()
                ? send(frame, session, trace)
                : sendIfAllowed(frame, sender, session, trace);
    }

    private CompletionStage<Void> send(ServerFrame.EphemeralEvent frame, @Nullable SessionId sender, TraceId trace) {
        return bus.publish(
                BusChannel.ofChannel(frame.channel()),
                BusMessage.ephemeral(trace, sender, Json.write(frame)).encode());
    }

    /**
     * Sends a frame if the sender may read the channel; in a direct channel it must also be allowed
     * to write. Fails with {@link RefusedException} if not.
     */
    public CompletionStage<Void> sendIfAllowed(
            ServerFrame.EphemeralEvent frame, Identity sender, @Nullable SessionId session, TraceId trace) {
        ChannelName channel = frame.channel();
        return directory.access(channel, sender).thenCompose(access -> {
            if (!channel.directMembers().isEmpty()
                    && !access.publish()
                    && !sender.grants().allow(channel, TokenGrants.Action.PUBLISH)) {
                throw new RefusedException(ErrorCode.FORBIDDEN, "you may not write to this channel");
            }
            return send(frame, session, trace);
        });
    }
}
