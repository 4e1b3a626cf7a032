package dev.dunlin.edge.redis;

import static dev.dunlin.edge.redis.TwoConnections.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.OwnRedisCluster;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.ZModem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of the connection on a Redis Cluster of three masters. */
@BesideQuarkus
@Timeout(60)
@SuppressWarnings("NullAway.Init") // start() sets the fields
class PinnedClusterIT {
    private static final int MASTERS = 3;
    /** The client asks for the slots over one of its own, and keeps it. */
    private static final int OF_THE_POOL = 1;

    private static final Script APPEND = Script.resource(PinnedClusterIT.class, "/lua/append.lua");

    private OwnRedisCluster cluster;
    private @Nullable TwoConnections connections;

    @BeforeEach
    void start() throws Exception {
        cluster = OwnRedisCluster.start();
    }

    @AfterEach
    void stop() throws Exception {
        try {
            if (connections != null) {
                connections.close();
            }
        } finally {
            cluster.close();
        }
    }

    @Test
    void oneCallSendsCommandsForAllSlots() throws Exception {
        TwoConnections open = open();
        List<Request> commands = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 16_384; i++) {
            commands.add(Request.cmd(Command.SET).arg("key-" + i).arg(i));
            expected.add("OK");
            commands.add(Request.cmd(Command.GET).arg("key-" + i));
            expected.add(Integer.toString(i));
            if (i % 1_000 == 0) {
                commands.add(Request.cmd(Command.ECHO).arg("echo-" + i)); // has no key
                expected.add("echo-" + i);
            }
        }

        assertThat(open.commands().sendAll(commands).get(10, TimeUnit.SECONDS))
                .extracting(Response::toString)
                .isEqualTo(expected);
    }

    @Test
    void sameRequestTwiceIsAnsweredTwice() throws Exception {
        Request increment = Request.cmd(Command.INCR).arg("counter");
        Request other = Request.cmd(Command.GET).arg("absent");

        assertThat(open().commands()
                        .sendAll(List.of(increment, other, increment))
                        .get(10, TimeUnit.SECONDS))
                .extracting(answer -> answer == null ? null : answer.toInteger())
                .containsExactly(1, null, 2);
    }

    @Test
    void scriptRunsOnTheNodeOfItsKey() throws Exception {
        PinnedConnection commands = open().commands();
        for (int master = 0; master < MASTERS; master++) {
            String key = keyOf(master);
            assertThat(APPEND.run(commands, List.of(key), "a").get(10, TimeUnit.SECONDS))
                    .hasToString("a");
            assertThat(APPEND.run(commands, List.of(key), "b").get(10, TimeUnit.SECONDS))
                    .hasToString("ab");
            assertThat(cluster.ask(master, "INFO commandstats")).contains("cmdstat_evalsha:calls=2,");
            assertThat(cluster.ask(master, "INFO commandstats")).contains("cmdstat_eval:calls=1,");
        }
    }

    @Test
    void messagesOfOnePublisherArriveInOrderOnEachChannel() throws Exception {
        TwoConnections open = open();
        List<String> texts = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        for (String text : texts) {
            for (String channel : open.channels()) {
                var unused = open.publish(channel, text);
            }
        }

        awaitInOrder(open, texts);
    }

    @Test
    void messagesOfManyBatchesArriveInOrderOnEachChannel() throws Exception {
        TwoConnections open = open();
        List<String> texts = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        for (String text : texts) {
            var unused = open.commands()
                    .sendAll(open.channels().stream()
                            .map(channel ->
                                    Request.cmd(Command.PUBLISH).arg(channel).arg(text))
                            .toList());
        }

        awaitInOrder(open, texts);
    }

    private static void awaitInOrder(TwoConnections open, List<String> texts) {
        for (String channel : open.channels()) {
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(open.received())
                            .filteredOn(message -> message.startsWith(channel + " "))
                            .extracting(message -> message.substring(channel.length() + 1))
                            .containsExactlyElementsOf(texts));
        }
    }

    @Test
    void recoversWhenAMasterIsKilledAndStartedAgain() throws Exception {
        TwoConnections open = open();
        cluster.kill(1);
        open.awaitLoss();
        cluster.restart(1);

        open.awaitDelivery();
        assertThat(open.awaitAnswers(IntStream.range(0, MASTERS)
                        .mapToObj(master ->
                                Request.cmd(Command.SET).arg(keyOf(master)).arg("x"))
                        .toList()))
                .hasSize(MASTERS);
        assertThat(APPEND.run(open.commands(), List.of(keyOf(1)), "y").get(10, TimeUnit.SECONDS))
                .hasToString("xy");
    }

    @Test
    void recoversWhenAMasterIsSuspended() throws Exception {
        TwoConnections open = open();
        cluster.freeze(1);
        try {
            open.awaitLoss();
        } finally {
            cluster.thaw(1);
        }

        open.awaitDelivery();
    }

    @Test
    void closesItsSocketsToAllMasters() throws Exception {
        TwoConnections open = open();
        assertThat(clients()).isGreaterThanOrEqualTo(2 * MASTERS);
        open.commands().stop();
        open.subscribed().stop();

        await().atMost(DEADLINE).untilAsserted(() -> assertThat(clients()).isLessThanOrEqualTo(OF_THE_POOL));
    }

    private TwoConnections open() throws Exception {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        cluster.uris().forEach(options::addConnectionString);
        TwoConnections opened = TwoConnections.open(options);
        connections = opened;
        return opened;
    }

    /** Connections to all masters, without those that ask. */
    private long clients() throws IOException {
        long clients = 0;
        for (int master = 0; master < MASTERS; master++) {
            clients += cluster.ask(master, "CLIENT LIST")
                    .lines()
                    .filter(line -> line.startsWith("id=") && !line.contains("cmd=client"))
                    .count();
        }
        return clients;
    }

    /** A key in the slots of that master. */
    private static String keyOf(int master) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "of-" + i)
                .filter(key -> ZModem.generate(key) * MASTERS / 16_384 == master)
                .findFirst()
                .orElseThrow();
    }
}
