package dev.dunlin.message.contact;

import dev.dunlin.message.command.Asker;
import dev.dunlin.message.command.Bus;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.kafka.ChannelCommand.Block;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Users' block lists. A block is kept in two places: the sequencer refuses by the log of the direct
 * channel, everything else goes by the list. The log is written first, so a retry repairs what
 * failed in between. Thread-safe; blocks.
 */
public final class Blocks {
    private final Contacts contacts;
    private final Namespaces namespaces;
    private final CommandGateway gateway;
    private final int most;
    private final InstantSource clock;
    private final Bus bus;

    /**
     * A user blocks at most {@code most} others; requests at the same moment may exceed that by
     * their number.
     */
    public Blocks(
            Contacts contacts, Namespaces namespaces, CommandGateway gateway, int most, InstantSource clock, Bus bus) {
        this.contacts = contacts;
        this.namespaces = namespaces;
        this.gateway = gateway;
        this.most = most;
        this.clock = clock;
        this.bus = bus;
    }

    /**
     * Answers {@code conflict} if the list is full, and what {@link CommandGateway#ask} answers.
     */
    public Optional<Refusal> add(UserId user, UserId blocked, TraceId trace) {
        if (user.equals(blocked)) {
            return Optional.of(new Refusal(ErrorCode.BAD_REQUEST, "user: must not be yourself"));
        }
        boolean known = contacts.blocking(blocked, List.of(user)).contains(user);
        if (!known && contacts.blocked(user, null, most).size() >= most) {
            return Optional.of(new Refusal(ErrorCode.CONFLICT, "blocks: at most " + most + "; remove one first"));
        }
        Optional<Refusal> refusal = command(user, blocked, trace, true);
        if (refusal.isEmpty()) {
            contacts.block(user, blocked, clock.millis());
            notice(blocked);
        }
        return refusal;
    }

    /** Answers what {@link CommandGateway#ask} answers. */
    public Optional<Refusal> remove(UserId user, UserId blocked, TraceId trace) {
        Optional<Refusal> refusal = command(user, blocked, trace, false);
        if (refusal.isEmpty()) {
            contacts.unblock(user, blocked);
            notice(blocked);
        }
        return refusal;
    }

    /** The nodes find out what the other may see and do from now on. */
    private void notice(UserId blocked) {
        var unused = bus.publish(List.of(
                new Bus.Publication(BusChannel.ofUser(blocked), Json.write(new UserNotice.MembershipsChanged()))));
    }

    private Optional<Refusal> command(UserId user, UserId blocked, TraceId trace, boolean on) {
        return ChannelName.direct(user, blocked)
                .filter(channel -> namespaces.find(channel).isPresent())
                .flatMap(channel -> publish(channel, user, trace, on));
    }

    /** A direct channel that is being deleted has nothing to block any more: the list is enough. */
    private Optional<Refusal> publish(ChannelName channel, UserId user, TraceId trace, boolean on) {
        return switch (gateway.ask(channel, Asker.plain(user, trace), new Block(on))) {
            case CommandGateway.Answer.Done ignored -> Optional.empty();
            case CommandGateway.Answer.Refused(var refusal) ->
                Optional.of(refusal).filter(one -> one.code() != ErrorCode.NOT_FOUND);
        };
    }
}
