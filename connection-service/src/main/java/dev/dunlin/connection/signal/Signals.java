package dev.dunlin.connection.signal;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.bus.Bus;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.bus.BusChannels;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Ephemeral frames to all subscribers of a channel, straight over the bus. Any thread. */
public final class Signals {
    private final Bus bus;
    private final ChannelDirectory directory;

    public Signals(Bus bus, ChannelDirectory directory) {
        this.bus = bus;
        this.directory = directory;
    }

    /** Sends a frame of one who may read the channel. Completes when it is on the bus; fails with {@link java.io.IOException} when it is dropped. */
    public CompletionStage<Void> send(ServerFrame.EphemeralEvent frame, @Nullable SessionId sender, TraceId trace) {
        return bus.publish(
                BusChannels.ofChannel(frame.channel()),
                BusMessage.ephemeral(trace, sender, Json.write(frame)).encode());
    }

    /** Sends a frame after asking whether the sender may read the channel; fails with {@link dev.dunlin.edge.Refusal} if not. */
    public CompletionStage<Void> sendIfAllowed(
            ServerFrame.EphemeralEvent frame, Identity sender, @Nullable SessionId session, TraceId trace) {
        ChannelName channel = frame.channel();
        return directory.access(channel, sender).thenCompose(allowed -> send(frame, session, trace));
    }
}
