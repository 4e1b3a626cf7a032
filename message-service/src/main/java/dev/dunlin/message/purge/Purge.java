package dev.dunlin.message.purge;

import dev.dunlin.message.command.Asker;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.command.CommandGateway.Answer;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand.FinishPurge;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Removes the rows of deleted channels, and then frees their names by a command in the log. Blocks;
 * one thread at a time.
 */
public final class Purge {
    /** The user in whose name this service asks. */
    public static final UserId SERVICE = new UserId("message-service");

    private static final int BATCH = 1_000;
    private static final int MOST_CHANNELS = 100;

    private final DeletedChannels channels;
    private final Farewell farewell;
    private final CommandGateway gateway;
    private final RandomGenerator random;

    public Purge(DeletedChannels channels, Farewell farewell, CommandGateway gateway, RandomGenerator random) {
        this.channels = channels;
        this.farewell = farewell;
        this.gateway = gateway;
        this.random = random;
    }

    /**
     * Continues until no deleted channel has rows; ends early when {@code stopped}. {@code done}
     * runs after each channel. Throws {@link IllegalStateException} if the command that ends a
     * purge is refused or not answered.
     */
    public void carryOut(BooleanSupplier stopped, Runnable done) {
        List<DeletedChannels.Deleted> found = channels.list(MOST_CHANNELS);
        while (!found.isEmpty() && !stopped.getAsBoolean()) {
            for (DeletedChannels.Deleted channel : found) {
                if (!stopped.getAsBoolean()) {
                    purge(channel, stopped, done);
                }
            }
            found = channels.list(MOST_CHANNELS);
        }
    }

    private void purge(DeletedChannels.Deleted channel, BooleanSupplier stopped, Runnable done) {
        DeletedChannels.Removed removed = channels.remove(channel, BATCH);
        while (removed.rows() > 0) {
            if (!removed.members().isEmpty()) {
                farewell.left(channel.channel(), removed.members());
            }
            if (stopped.getAsBoolean()) {
                return;
            }
            removed = channels.remove(channel, BATCH);
        }
        Asker service = new Asker(SERVICE, Grant.SERVER, true, TraceId.next(random));
        switch (gateway.ask(channel.channel(), service, new FinishPurge(channel.epoch()))) {
            case Answer.Done ignored -> done.run();
            case Answer.Refused(var refusal) ->
                throw new IllegalStateException("the end of a purge was refused: " + refusal.message());
        }
    }
}
