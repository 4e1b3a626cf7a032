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
 * Users' block lists. A block stands twice: in the log of the direct channel, by which the sequencer refuses, and in the list, by which everything else goes. The log comes first, so
 * what fails between is repaired by asking again. Thread-safe; blocks; throws {@link Refusal}.
 */
public final class Blocks {
    private final Contacts contacts;
    private final Namespaces namespaces;
    private final CommandGateway gateway;
    private final int most;
    private final InstantSource clock;

    /** At most {@code most} for a user; as many more as it asks for at the same moment. */
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
            throw new Refusal(ErrorCode.BAD_REQUEST, "user: must be another than yourself");
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

    /** A direct channel that is being deleted is none when that is done: then there is nothing to block in it, and the list does the rest. */
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
