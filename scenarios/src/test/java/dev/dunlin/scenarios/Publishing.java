package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.DunlinClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.Heard;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Two users in a group, one of whom publishes while a process dies. */
abstract class Publishing {
    static final int MESSAGES = 200;

    final Suite suite;
    final UserId alice;
    final UserId bob;
    final ChannelName group;

    Publishing(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.group = names.group("crash");
        suite.createGroup(group, alice, bob);
    }

    /** Nothing is lost, doubled or out of order, whatever dies in the middle. */
    void publishWhileKilling(String process) {
        Heard hers = new Heard();
        Heard his = new Heard();
        Map<String, Long> acked = new ConcurrentHashMap<>();
        try (DunlinClient sender = suite.clientAtNode(1, alice, hers);
                DunlinClient receiver = suite.clientAtNode(2, bob, his)) {
            sender.connect().join();
            receiver.connect().join();
            sender.subscribe(group).join();
            receiver.subscribe(group).join();
            List<CompletableFuture<ServerFrame.Ack>> acks = new ArrayList<>(publish(sender, 0, MESSAGES / 2, acked));
            await().atMost(Suite.COME_BACK).until(() -> acked.size() > MESSAGES / 8);
            suite.kill(process);
            acks.addAll(publish(sender, MESSAGES / 2, MESSAGES, acked));
            awaitAll("acks", acked::size, hers, his);
            assertThat(acks).allSatisfy(ack -> assertThat(ack).isCompleted());
            awaitAll("events for bob", () -> his.seqs(group).size(), hers, his);
            awaitAll("events for alice", () -> hers.seqs(group).size(), hers, his);
        } finally {
            suite.awaitHealthy();
        }
        List<Long> dense = LongStream.rangeClosed(1, MESSAGES).boxed().toList();
        assertThat(his.seqs(group)).isEqualTo(dense);
        assertThat(hers.seqs(group)).isEqualTo(dense);
        assertThat(his.ids(group)).doesNotHaveDuplicates().isEqualTo(hers.ids(group));
        assertThat(acked).hasSize(MESSAGES);
        acked.forEach((id, seq) ->
                assertThat(his.ids(group).get(Math.toIntExact(seq) - 1)).isEqualTo(id));
        assertThat(suite.rest(bob).events(group, 0).join().events()).hasSize(MESSAGES);
    }

    private void awaitAll(String what, IntSupplier number, Heard hers, Heard his) {
        await().atMost(Suite.COME_BACK)
                .untilAsserted(() -> assertThat(number.getAsInt())
                        .as(() -> what + "; alice: " + describe(hers) + "; bob: " + describe(his))
                        .isGreaterThanOrEqualTo(MESSAGES));
    }

    private static String describe(Heard heard) {
        return "resets " + heard.resets() + ", link " + heard.states();
    }

    private List<CompletableFuture<ServerFrame.Ack>> publish(
            DunlinClient sender, int from, int to, Map<String, Long> acked) {
        return IntStream.range(from, to)
                .mapToObj(i -> sender.publish(group, new ClientMessageId("m" + i), Json.tree("text " + i), null)
                        .whenComplete((ack, failure) -> {
                            if (failure == null) {
                                acked.put("m" + i, ack.seq());
                            }
                        }))
                .toList();
    }
}
