package dev.dunlin.message.command;

import dev.dunlin.edge.rate.KeyedRates;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Limits what a user writes each second over REST. Commands that came over links, or to another
 * process, count when this process has stored them; its own REST requests count before they are
 * sent. A user who uses up the rate over links is therefore refused over REST. Back ends have no
 * limit. One for a process; thread-safe; does not block.
 */
public final class PublishRates implements BatchObserver {
    private final NodeId own;
    private final KeyedRates<UserId> rates;
    private final Runnable refused;

    /**
     * {@code own} is the node to which this process's requests are answered; {@code refused} runs
     * for each refusal.
     */
    public PublishRates(NodeId own, KeyedRates<UserId> rates, Runnable refused) {
        this.own = own;
        this.rates = rates;
        this.refused = refused;
    }

    /**
     * Counts a REST request of a user. Answers {@code rate_limited} with the time to wait if the
     * user writes too much.
     */
    Optional<Refusal> take(UserId user, Operation operation) {
        long waitMs = writes(operation) ? rates.take(user) : 0;
        if (waitMs == 0) {
            return Optional.empty();
        }
        refused.run();
        return Optional.of(new Refusal(
                ErrorCode.RATE_LIMITED,
                "you publish too often; links and REST share the limit",
                Duration.ofMillis(waitMs)));
    }

    private static boolean writes(Operation operation) {
        return operation instanceof ChannelCommand.Publish
                || operation instanceof ChannelCommand.Edit
                || operation instanceof ChannelCommand.Delete
                || operation instanceof ChannelCommand.React;
    }

    @Override
    public void processed(List<Sequenced> batch, long nanos) {
        for (Sequenced one : batch) {
            ChannelCommand command = one.record().command();
            boolean counted =
                    command.replyTo() != null && own.equals(command.replyTo().node());
            if (!counted && command.grant() != Grant.SERVER && writes(command.operation())) {
                rates.take(command.user());
            }
        }
    }

    @Override
    public void stored(int batches, long nanos) {}

    @Override
    public void retried(String why) {}

    @Override
    public void deadLettered(DeadLetters.Reason reason) {}

    @Override
    public void diverged() {}
}
