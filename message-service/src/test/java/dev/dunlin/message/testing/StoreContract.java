package dev.dunlin.message.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.dunlin.message.command.Append;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.sequencer.Sequencer;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import java.util.List;
import java.util.UUID;

/**
 * The ground of the contracts of a store's ports: users and channels of one's own, and a writer
 * that fills the store at times that the test chooses.
 */
public abstract class StoreContract {
    protected final String suffix = UUID.randomUUID().toString().substring(0, 8);
    protected final UserId alice = new UserId("alice-" + suffix);
    protected final UserId bob = new UserId("bob-" + suffix);
    protected final ChannelName group = new ChannelName("group:" + suffix);
    protected final ChannelName room = new ChannelName("room:" + suffix);
    protected final ChannelName brief = new ChannelName("brief:" + suffix);

    private final Sequencer sequencer = new Sequencer(Policies.shipped());
    private long offset;
    private long ts = 1_000;

    /** The store under test. */
    protected abstract MessageStore store();

    /** Carries out a command a second after the one before. */
    protected Outcome run(UserId user, ChannelName channel, Operation operation) {
        ts += 1_000;
        return at(ts, user, Grant.NONE, channel, operation);
    }

    protected Outcome runAsServer(ChannelName channel, Operation operation) {
        ts += 1_000;
        return at(ts, new UserId("backend"), Grant.SERVER, channel, operation);
    }

    /** Carries out a command whose record has that time, in milliseconds since 1970. */
    protected Outcome at(long time, UserId user, Grant grant, ChannelName channel, Operation operation) {
        long at = offset++;
        List<CommandRecord> batch = List.of(new CommandRecord(
                new LogPosition(5, at),
                time,
                new TraceId(1, at + 1),
                new ChannelCommand(channel, user, grant, null, operation)));
        LogState state = store().log().load(Touched.by(batch));
        Outcome outcome = sequencer.sequence(state, batch).getFirst().outcome();
        if (!(store().log().append(state) instanceof Append.Stored)) {
            throw new AssertionError("nobody else writes");
        }
        return outcome;
    }

    protected static Publish message(String id, String text) {
        return new Publish(new ClientMessageId(id), text(text), null);
    }

    protected static JsonNode text(String text) {
        return JsonNodeFactory.instance.objectNode().put("text", text);
    }
}
