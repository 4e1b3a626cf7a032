package dev.dunlin.message.sequencer;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.message.command.Append;
import dev.dunlin.message.testing.MemoryLog;
import dev.dunlin.message.testing.Policies;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import java.util.Arrays;
import java.util.List;

/**
 * A log in memory and the sequencer over it. Records get the next offset of partition 0, and a
 * timestamp of a second each.
 */
final class LogFixture {
    static final UserId ALICE = new UserId("alice");
    static final UserId BOB = new UserId("bob");
    static final UserId EVE = new UserId("eve");
    static final UserId BACKEND = new UserId("backend");
    static final ChannelName ENG = new ChannelName("group:eng");
    static final ChannelName LOBBY = new ChannelName("room:lobby");
    static final ChannelName DIRECT = new ChannelName("dm:alice:bob");
    static final ChannelName TICKER = new ChannelName("live:eurusd");

    final MemoryLog log = new MemoryLog();
    private final Sequencer sequencer = new Sequencer(Policies.shipped());
    private long offset;

    /** {@code group:eng} of alice, its owner, and bob. */
    static LogFixture withGroup() {
        LogFixture fixture = new LogFixture();
        fixture.run(ALICE, ENG, new CreateChannel(null, List.of(BOB)));
        return fixture;
    }

    CommandRecord record(UserId user, Grant grant, ChannelName channel, Operation operation) {
        long at = offset++;
        return new CommandRecord(
                new LogPosition(0, at),
                1_000 * (at + 1),
                new TraceId(0, at + 1),
                new ChannelCommand(channel, user, grant, null, operation));
    }

    CommandRecord record(UserId user, ChannelName channel, Operation operation) {
        return record(user, Grant.NONE, channel, operation);
    }

    /** The outcome of a new record, in a batch of its own. */
    Outcome run(UserId user, ChannelName channel, Operation operation) {
        return batch(record(user, channel, operation)).getFirst();
    }

    Outcome runAsServer(ChannelName channel, Operation operation) {
        return batch(record(BACKEND, Grant.SERVER, channel, operation)).getFirst();
    }

    /** Sequences and stores a batch. */
    List<Outcome> batch(CommandRecord... records) {
        List<CommandRecord> batch = Arrays.asList(records);
        LogState state = log.load(Touched.by(batch));
        List<Sequenced> sequenced = sequencer.sequence(state, batch);
        if (!(log.append(state) instanceof Append.Stored)) {
            throw new AssertionError("nobody else writes");
        }
        return sequenced.stream().map(Sequenced::outcome).toList();
    }

    static Publish message(String id) {
        return message(id, "text of " + id);
    }

    static Publish message(String id, String text) {
        return new Publish(new ClientMessageId(id), TextNode.valueOf(text), null);
    }

    static long seq(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Appended appended -> appended.logged().event().seq();
            case Outcome.Duplicate duplicate -> duplicate.seq();
            case Outcome.Changed changed -> changed.seq();
            case Outcome.Unchanged unchanged -> unchanged.seq();
            case Outcome.Marked marked -> marked.seq();
            case Outcome.Burnt burnt -> burnt.logged().event().seq();
            case Outcome.Refused refused -> throw new AssertionError(refused);
        };
    }
}
