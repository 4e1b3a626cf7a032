package dev.dunlin.message.sequencer;

import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the events of channels. A pure function: the same records after the same state give the
 * same seqs, whoever computes it and when. It recognises records that were applied before by their
 * position in Kafka. They change nothing, and give the same outcome again, so that replies and
 * fan-out can be repeated.
 */
public final class Sequencer {
    private final Namespaces namespaces;

    public Sequencer(Namespaces namespaces) {
        this.namespaces = namespaces;
    }

    /**
     * Applies a batch to {@code state}, in the order of the log. Returns the outcome of each
     * command in the same order.
     */
    public List<Sequenced> sequence(LogState state, List<CommandRecord> batch) {
        return batch.stream()
                .map(record -> new Sequenced(record, apply(state, record)))
                .toList();
    }

    /**
     * Burns the seq that was published for a record, since its event cannot be stored.
     * {@link Outcome.Refused} if that seq is not the next one of the channel: then there is nothing
     * to burn and the state is unchanged.
     */
    public Sequenced burn(LogState state, CommandRecord record, long announced) {
        Outcome outcome = namespaces
                .find(record.channel())
                .map(policy -> Burning.burn(state, record, policy, announced))
                .orElseGet(() -> refuse(ErrorCode.INTERNAL, "the command could not be carried out"));
        return new Sequenced(record, outcome);
    }

    private Outcome apply(LogState state, CommandRecord record) {
        Optional<NamespacePolicy> policy = namespaces.find(record.channel());
        if (policy.isEmpty()) {
            return refuse(
                    ErrorCode.NOT_FOUND,
                    "there is no namespace " + record.channel().namespace());
        }
        if (!policy.get().durable()) {
            return refuse(ErrorCode.BAD_REQUEST, record.channel() + " is ephemeral: use signal");
        }
        Optional<ChannelState> channel = state.channels().find(record.channel());
        if (channel.isPresent() && channel.get().applied().covers(record.position())) {
            return Replay.again(new Turn(state, record, policy.get(), channel.get(), false));
        }
        if (channel.isPresent() && channel.get().life() != Life.PURGED) {
            Turn turn = new Turn(state, record, policy.get(), channel.get(), false);
            return channel.get().life() == Life.LIVE ? apply(turn) : Purging.whilePurging(turn);
        }
        return applyToNone(state, record, policy.get(), channel.orElse(null));
    }

    /** There is no channel of that name, or one that was deleted. */
    private static Outcome applyToNone(
            LogState state, CommandRecord record, NamespacePolicy policy, @Nullable ChannelState deleted) {
        if (Creation.hasDots(record.channel().directMembers())) {
            return refuse(ErrorCode.BAD_REQUEST, "channel: must not be a conversation with . or ..");
        }
        if (record.command().operation() instanceof ChannelCommand.CreateChannel create) {
            return Creation.create(state, record, policy, deleted, create);
        }
        if (Creation.comesToBe(record, policy)) {
            return apply(new Turn(state, record, policy, ChannelState.create(state, record, null, deleted), true));
        }
        // As if it were somebody else's, so that nobody learns which channels there are by asking
        // for them.
        return record.command().grant() == Grant.NONE
                ? refuse(ErrorCode.FORBIDDEN, NamespacePolicy.foreign(record.channel()))
                : refuse(ErrorCode.NOT_FOUND, "there is no channel " + record.channel());
    }

    private static Outcome apply(Turn turn) {
        return switch (turn.record().command().operation()) {
            case ChannelCommand.Publish publish -> Publishing.publish(turn, publish);
            case ChannelCommand.Edit edit -> MessageChanges.edit(turn, edit);
            case ChannelCommand.Delete delete -> MessageChanges.delete(turn, delete);
            case ChannelCommand.React react -> MessageChanges.react(turn, react);
            case ChannelCommand.Mark mark -> Marking.mark(turn, mark);
            case ChannelCommand.CreateChannel ignored -> existing(turn);
            case ChannelCommand.UpdateChannel update -> ChannelChanges.update(turn, update);
            case ChannelCommand.ArchiveChannel ignored -> ChannelChanges.archive(turn);
            case ChannelCommand.AddMember add -> MembershipChanges.add(turn, add);
            case ChannelCommand.RemoveMember remove -> MembershipChanges.remove(turn, remove);
            case ChannelCommand.ForgetMember forget -> MembershipChanges.forget(turn, forget);
            case ChannelCommand.Block block -> Blocking.block(turn, block);
            case ChannelCommand.PurgeChannel ignored -> Purging.purge(turn);
            case ChannelCommand.FinishPurge ignored -> turn.unchanged();
        };
    }

    static Outcome existing(Turn turn) {
        return turn.mayRead()
                ? new Outcome.Unchanged(turn.channel().head(), turn.channel().created())
                : turn.foreign();
    }

    private static Outcome refuse(ErrorCode code, String message) {
        return new Outcome.Refused(code, message);
    }
}
