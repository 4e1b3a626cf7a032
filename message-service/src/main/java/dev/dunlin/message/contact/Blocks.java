package dev.dunlin.message.contact;

import dev.dunlin.edge.Refusal;
import dev.dunlin.message.command.Asker;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand.Block;
import java.time.InstantSource;
import java.util.List;

/**
 * Users' block lists. A block is kept in two places: the sequencer refuses by the log of the direct
 * channel, everything else goes by the list. The log is written first, so a retry repairs what
 * failed in between. Thread-safe; blocks; throws {@link Refusal}.
 */
public final class Blocks {
    private final Contacts contacts;
    private final Namespaces namespaces;
    private final CommandGateway gateway;
    private final int most;
    private final InstantSource clock;

    /** A user blocks at most {@code most} others; requests at the same moment may exceed that by their number. */
    public Blocks(Contacts contacts, Namespaces namespaces, CommandGateway gateway, int most, InstantSource clock) {
        this.contacts = contacts;
        this.namespaces = namespaces;
        this.gateway = gateway;
        this.most = most;
        this.clock = clock;
    }

    /** {@code conflict} if the list is full. */
    public void add(UserId user, UserId blocked, TraceId trace) {
        if (user.equals(blocked)) {
            throw new Refusal(ErrorCode.BAD_REQUEST, "user: must not be yourself");
        }
        boolean known = contacts.blocking(blocked, List.of(user)).contains(user);
        if (!known && contacts.blocked(user, null, most).size() >= most) {
            throw new Refusal(ErrorCode.CONFLICT, "blocks: at most " + most + "; remove one first");
        }
        command(user, blocked, trace, true);
        contacts.block(user, blocked, clock.millis());
    }

    public void remove(UserId user, UserId blocked, TraceId trace) {
        command(user, blocked, trace, false);
        contacts.unblock(user, blocked);
    }

    private void command(UserId user, UserId blocked, TraceId trace, boolean on) {
        ChannelName.direct(user, blocked)
                .filter(channel -> namespaces.find(channel).isPresent())
                .ifPresent(channel -> publish(channel, user, trace, on));
    }

    /** A direct channel that is being deleted has nothing to block in it any more: then the list alone is enough. */
    private void publish(ChannelName channel, UserId user, TraceId trace, boolean on) {
        try {
            var unused = gateway.ask(channel, Asker.plain(user, trace), new Block(on));
        } catch (Refusal refusal) {
            if (refusal.code() != ErrorCode.NOT_FOUND) {
                throw refusal;
            }
        }
    }
}
