package dev.dunlin.message.channel;

import dev.dunlin.message.channel.ChannelDirectory.Standing;
import dev.dunlin.message.command.Asker;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.http.AccessQuery.Asked;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.Role;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Channels as readers see them. Reading creates nothing: an open channel, and a direct one for its
 * two users, reads as empty until somebody writes to it. Its epoch is known before that, so a
 * subscriber misses nothing. Thread-safe; blocks.
 */
public final class Channels {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final LogPosition NOWHERE = new LogPosition(-1, -1);

    private final Namespaces namespaces;
    private final ChannelDirectory directory;

    public Channels(Namespaces namespaces, ChannelDirectory directory) {
        this.namespaces = namespaces;
        this.directory = directory;
    }

    /** The policy, if the namespace is configured. */
    public Optional<NamespacePolicy> policy(ChannelName channel) {
        return namespaces.find(channel);
    }

    /** What users are in those of the channels that exist. None comes to be. */
    public Map<Asked, Standing> standings(Collection<Asked> asked) {
        return directory.standings(asked);
    }

    /** Whether there is a live channel of that name. Creates none. */
    public boolean exists(ChannelName channel) {
        return !directory.heads(List.of(channel)).isEmpty();
    }

    /** The policy; {@code not_found} if the namespace is not configured. */
    public Lookup<NamespacePolicy> configured(ChannelName channel) {
        return policy(channel)
                .<Lookup<NamespacePolicy>>map(Lookup.Found::new)
                .orElseGet(() -> refused(ErrorCode.NOT_FOUND, "there is no namespace " + channel.namespace()));
    }

    /** The policy; {@code bad_request} if the channel is ephemeral, so that it has no log. */
    public Lookup<NamespacePolicy> durable(ChannelName channel) {
        return configured(channel)
                .then(policy -> policy.durable()
                        ? new Lookup.Found<>(policy)
                        : refused(ErrorCode.BAD_REQUEST, channel + " is ephemeral: use signal"));
    }

    /** A durable channel that the asker may read; {@code forbidden} if it belongs to others. */
    public Lookup<ChannelView> readable(ChannelName channel, Asker asker) {
        return view(channel, asker)
                .then(view -> view.policy().mayRead(view.member(), granted(asker))
                        ? new Lookup.Found<>(view)
                        : foreign(channel));
    }

    /**
     * A durable channel, whether or not the asker may read it. If there is none, those who could
     * read it get {@code not_found}. Others get {@code forbidden}, as if the channel belonged to
     * somebody else, so that nobody learns which channels exist by asking for them.
     */
    public Lookup<ChannelView> view(ChannelName channel, Asker asker) {
        return durable(channel).then(policy -> view(channel, policy, asker));
    }

    private Lookup<ChannelView> view(ChannelName channel, NamespacePolicy policy, Asker asker) {
        Optional<ChannelView> existing = find(channel, policy, asker);
        if (existing.isPresent()) {
            return new Lookup.Found<>(existing.get());
        }
        boolean oneOfTwo = channel.directMembers().contains(asker.user());
        if (!policy.open() && !oneOfTwo && !granted(asker)) {
            return foreign(channel);
        }
        if (!policy.open() && channel.directMembers().isEmpty()) {
            return refused(ErrorCode.NOT_FOUND, "there is no channel " + channel);
        }
        return directory
                .epochToBe(channel)
                .map(epoch -> new ChannelView(
                        empty(channel, epoch), policy, oneOfTwo ? Role.MEMBER : null, 0, 0, 0, 1, false))
                .or(() -> find(channel, policy, asker))
                .<Lookup<ChannelView>>map(Lookup.Found::new)
                .orElseGet(() -> new Lookup.Refused<>(new Refusal(
                        ErrorCode.UNAVAILABLE, channel + " is being deleted; try again in a moment", SOON)));
    }

    private static ChannelState empty(ChannelName channel, Epoch epoch) {
        return new ChannelState(channel, epoch, null, 0, false, 0, 0, NOWHERE, NOWHERE);
    }

    private static boolean granted(Asker asker) {
        return asker.maySubscribe() || asker.grant() == Grant.SERVER;
    }

    private static <T> Lookup<T> foreign(ChannelName channel) {
        return refused(ErrorCode.FORBIDDEN, NamespacePolicy.foreign(channel));
    }

    private static <T> Lookup<T> refused(ErrorCode code, String message) {
        return new Lookup.Refused<>(new Refusal(code, message));
    }

    private Optional<ChannelView> find(ChannelName channel, NamespacePolicy policy, Asker asker) {
        return directory.find(channel, asker.user()).map(entry -> ChannelView.of(policy, entry, granted(asker)));
    }
}
