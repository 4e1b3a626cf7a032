package dev.dunlin.message.channel;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.message.channel.ChannelDirectory.Standing;
import dev.dunlin.message.command.Asker;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.AccessQuery.Asked;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.Role;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Channels for those who want to read them. Reading creates nothing: an open channel, and a direct
 * one for either of its two users, reads as empty until somebody writes to it. Its epoch is known
 * before that, so a subscriber misses nothing. Thread-safe; blocks. Throws {@link RefusedException}.
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
    public NamespacePolicy requirePolicy(ChannelName channel) {
        return policy(channel)
                .orElseThrow(() ->
                        new RefusedException(ErrorCode.NOT_FOUND, "there is no namespace " + channel.namespace()));
    }

    /** The policy; {@code bad_request} if the channel is ephemeral, so that it has no log. */
    public NamespacePolicy requireDurable(ChannelName channel) {
        NamespacePolicy policy = requirePolicy(channel);
        if (!policy.durable()) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, channel + " is ephemeral: use signal");
        }
        return policy;
    }

    /** A durable channel that the asker may read; {@code forbidden} if it is somebody else's. */
    public ChannelView requireReadable(ChannelName channel, Asker asker) {
        ChannelView view = require(channel, asker);
        if (!view.policy().mayRead(view.member(), granted(asker))) {
            throw foreign(channel);
        }
        return view;
    }

    /**
     * A durable channel, whether or not the asker may read it. If there is none: {@code not_found} for who could read it, {@code forbidden} for others, as if it were
     * somebody else's, so that nobody learns which channels there are by asking for them.
     */
    public ChannelView require(ChannelName channel, Asker asker) {
        NamespacePolicy policy = requireDurable(channel);
        Optional<ChannelView> existing = find(channel, policy, asker);
        if (existing.isPresent()) {
            return existing.get();
        }
        boolean oneOfTwo = channel.directMembers().contains(asker.user());
        if (!policy.open() && !oneOfTwo && !granted(asker)) {
            throw foreign(channel);
        }
        if (!policy.open() && channel.directMembers().isEmpty()) {
            throw new RefusedException(ErrorCode.NOT_FOUND, "there is no channel " + channel);
        }
        return directory
                .epochToBe(channel)
                .map(epoch -> new ChannelView(
                        empty(channel, epoch), policy, oneOfTwo ? Role.MEMBER : null, 0, 0, 0, 1, false))
                .or(() -> find(channel, policy, asker))
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.UNAVAILABLE, channel + " is being deleted; try again in a moment", SOON));
    }

    private static ChannelState empty(ChannelName channel, Epoch epoch) {
        return new ChannelState(channel, epoch, null, 0, false, 0, 0, NOWHERE, NOWHERE);
    }

    private static boolean granted(Asker asker) {
        return asker.maySubscribe() || asker.grant() == Grant.SERVER;
    }

    private static RefusedException foreign(ChannelName channel) {
        return new RefusedException(ErrorCode.FORBIDDEN, NamespacePolicy.foreign(channel));
    }

    private Optional<ChannelView> find(ChannelName channel, NamespacePolicy policy, Asker asker) {
        return directory.find(channel, asker.user()).map(entry -> ChannelView.of(policy, entry, granted(asker)));
    }
}
