package dev.dunlin.message.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.message.command.Append;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Sequencer;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.message.testing.Policies;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a process that dies in the middle of a write, or writes when its time is over, leaves in
 * Cassandra: nothing that counts.
 */
@BesideQuarkus
@ExtendWith(CassandraExtension.class)
class CrashIT {
    private static final List<UserId> USERS = List.of(new UserId("alice"), new UserId("bob"), new UserId("carol"));

    private final CassandraStore store;
    private final Tables tables;
    private final Sequencer sequencer = new Sequencer(Policies.shipped());
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    CrashIT(CassandraStore store) {
        this.store = store;
        this.tables = store.tables();
    }

    @Test
    void whatACrashLeftIsNotShownAndTheReplayWritesTheSame() {
        ChannelName room = new ChannelName("room:" + suffix);
        UserId alice = USERS.getFirst();
        List<CommandRecord> log = List.of(
                record(room, alice, 0, publish(0, "one @bob")),
                record(room, alice, 1, new Edit(1, text("two @carol"))),
                record(room, alice, 2, new AddMember(alice, Role.MEMBER)),
                record(room, alice, 3, publish(1, "three")));
        apply(log.subList(0, 1));
        crash(log.subList(1, 4), StateWriter::writeRows);

        assertThat(store.history().events(room, 0, 10)).hasSize(1);
        assertThat(store.history().messagesAfter(room, 0, 10))
                .extracting(message -> message.data().path("text").asText())
                .containsExactly("one @bob");
        assertThat(store.memberships().page(room, null, 10)).isEmpty();
        assertThat(store.memberships().ofUser(alice, 1_000))
                .extracting(ServerFrame.Membership::channel)
                .doesNotContain(room);

        apply(log.subList(1, 2));
        apply(log.subList(2, 4));

        assertThat(store.history().events(room, 0, 10))
                .extracting(ServerFrame.LogEvent::seq)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(store.history().messagesAfter(room, 0, 10))
                .extracting(message -> message.data().path("text").asText())
                .containsExactly("two @carol", "three");
        assertThat(store.memberships().page(room, null, 10)).hasSize(1);
    }

    @Test
    void aProcessThatLostItsPartitionAndWritesLateChangesNothing() {
        ChannelName room = new ChannelName("room:" + suffix);
        ChannelName same = new ChannelName("room:same-" + suffix);
        UserId alice = USERS.getFirst();
        for (ChannelName channel : List.of(room, same)) {
            List<CommandRecord> log = new ArrayList<>(List.of(
                    record(channel, alice, 0, publish(0, "first")),
                    record(channel, alice, 1, new AddMember(alice, Role.MEMBER)),
                    record(channel, alice, 2, new React(1, new Emoji("x"), false)),
                    record(channel, alice, 3, new Edit(1, text("second"))),
                    record(channel, alice, 4, new RemoveMember(alice)),
                    record(channel, alice, 5, new React(1, new Emoji("x"), true)),
                    record(channel, alice, 6, new Delete(1)),
                    record(channel, alice, 7, publish(1, "last"))));
            apply(log.subList(0, 1));
            LogState zombies = sequenced(log.subList(1, 4));
            StateWriter late = new StateWriter(tables, zombies);
            late.requireNewest(); // and then it sleeps
            apply(log.subList(1, 5));
            apply(log.subList(5, 8));
            if (channel.equals(room)) {
                late.writeRows();
                late.writeChannels();
                late.removeReplaced();
            }
        }

        assertThat(picture(room)).isEqualTo(picture(same).replace("same-", ""));
        assertThat(picture(room)).doesNotContain("second");
    }

    /**
     * The same log of random commands, once as it should be, and once cut into other batches, with
     * crashes in every phase and late writes of old states.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyCutOfTheLogAndAnyCrashGivesTheSame(long seed) {
        Random random = new Random(seed);
        ChannelName plain = new ChannelName("room:plain-" + seed + suffix);
        ChannelName rough = new ChannelName("room:rough-" + seed + suffix);
        List<CommandRecord> plainLog = new ArrayList<>();
        List<CommandRecord> roughLog = new ArrayList<>();
        for (int offset = 0; offset < 60; offset++) {
            UserId user = USERS.get(random.nextInt(USERS.size()));
            Operation operation = operation(random, offset);
            plainLog.add(record(plain, user, offset, operation));
            roughLog.add(record(rough, user, offset, operation));
        }
        plainLog.forEach(one -> apply(List.of(one)));

        List<StateWriter> late = new ArrayList<>();
        int done = 0;
        while (done < roughLog.size()) {
            int end = Math.min(roughLog.size(), done + 1 + random.nextInt(8));
            List<CommandRecord> batch = roughLog.subList(Math.max(0, done - random.nextInt(4)), end);
            switch (random.nextInt(4)) {
                case 0 -> crash(batch, StateWriter::writeRows);
                case 1 -> {
                    crash(batch, writer -> {
                        writer.writeRows();
                        writer.writeChannels();
                    });
                    done = end;
                }
                case 2 -> {
                    StateWriter writer = new StateWriter(tables, sequenced(batch));
                    writer.requireNewest();
                    late.add(writer);
                }
                default -> {
                    apply(batch);
                    done = end;
                }
            }
            if (!late.isEmpty() && random.nextInt(3) == 0) {
                StateWriter zombie = late.remove(random.nextInt(late.size()));
                zombie.writeRows();
                zombie.writeChannels();
                zombie.removeReplaced();
            }
        }
        apply(roughLog);

        assertThat(picture(rough)).isEqualTo(picture(plain).replace("plain-", "rough-"));
    }

    private static Operation operation(Random random, int offset) {
        long seq = 1L + random.nextInt(offset + 1);
        UserId user = USERS.get(random.nextInt(USERS.size()));
        return switch (random.nextInt(8)) {
            case 0 -> new Edit(seq, text("edit " + offset + " @" + user));
            case 1 -> new Delete(seq);
            case 2 -> new React(seq, new Emoji("x"), false);
            case 3 -> new React(seq, new Emoji("x"), true);
            case 4 -> new AddMember(user, Role.MEMBER);
            case 5 -> new RemoveMember(user);
            case 6 -> new Mark(Mark.Kind.READ, seq);
            default -> publish(random.nextInt(offset + 1), "text " + offset + " @" + user);
        };
    }

    /** All that readers see of a channel. */
    private String picture(ChannelName channel) {
        StringBuilder picture = new StringBuilder();
        store.history()
                .events(channel, 0, 1_000)
                .forEach(event -> picture.append(event).append('\n'));
        store.history()
                .messagesAfter(channel, 0, 1_000)
                .forEach(message -> picture.append(message).append('\n'));
        store.history()
                .messagesBefore(channel, 1_000, 1_000)
                .forEach(message -> picture.append(message).append('\n'));
        picture.append(store.memberships().page(channel, null, 100)).append('\n');
        picture.append(store.history().receipts(channel, null, 100)).append('\n');
        for (UserId user : USERS) {
            store.directory()
                    .find(channel, user)
                    .ifPresent(entry -> picture.append(
                                    List.of(entry.channel().head(), entry.read(), entry.unread(), entry.mentions()))
                            .append(entry.role())
                            .append('\n'));
            store.userData().reactions(user, null, 1_000).stream()
                    .filter(reaction -> reaction.channel().equals(channel))
                    .forEach(reaction -> picture.append(reaction).append('\n'));
        }
        return picture.toString();
    }

    private void apply(List<CommandRecord> batch) {
        for (int tries = 0; tries < 20; tries++) {
            // Stale if somebody was late: load again
            if (store.log().append(sequenced(batch)) instanceof Append.Stored) {
                return;
            }
        }
        throw new AssertionError("never the newest state: " + batch.getFirst());
    }

    /** Writes some of a batch. */
    private void crash(List<CommandRecord> batch, Consumer<StateWriter> part) {
        LogState state = sequenced(batch);
        if (state.changed()) {
            StateWriter writer = new StateWriter(tables, state);
            writer.requireNewest();
            part.accept(writer);
        }
    }

    private LogState sequenced(List<CommandRecord> batch) {
        LogState state = store.log().load(Touched.by(batch));
        sequencer.sequence(state, batch);
        return state;
    }

    private static CommandRecord record(ChannelName channel, UserId user, long offset, Operation operation) {
        return new CommandRecord(
                new LogPosition(2, offset),
                1_000 + offset,
                new TraceId(1, offset + 1),
                new ChannelCommand(channel, user, Grant.NONE, null, operation));
    }

    private static Publish publish(int id, String text) {
        return new Publish(new ClientMessageId("m" + id), text(text), null);
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.objectNode().put("text", text);
    }
}
