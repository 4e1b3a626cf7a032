package dev.dunlin.edge.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisCluster;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.CommandImpl;
import io.vertx.redis.client.impl.KeyLocator;
import io.vertx.redis.client.impl.RedisClusterConnection;
import io.vertx.redis.client.impl.RequestImpl;
import io.vertx.redis.client.impl.ZModem;
import io.vertx.redis.client.impl.keys.BeginSearchIndex;
import io.vertx.redis.client.impl.keys.FindKeysRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which node of a Redis Cluster gets the commands of one {@link PinnedConnection}. The client sends
 * a command without a key to any node, and refuses a batch for several nodes. Without a cluster the
 * commands are passed on as they are. Any thread.
 */
final class Cluster {
    private static final KeyLocator FIRST_ARGUMENT =
            new KeyLocator(null, new BeginSearchIndex(1), new FindKeysRange(0, 1, 0));
    /** The client takes the argument for a key, and so it chooses the node. */
    private static final Command PING = new CommandImpl("ping", 2, null, false, false, FIRST_ARGUMENT);

    private static final Command UNSUBSCRIBE = new CommandImpl("unsubscribe", 2, null, true, false, FIRST_ARGUMENT);

    /** Leads what has no key to one node, so that published messages keep their order. */
    private final Request anchor =
            ping(Samples.TEXTS.get(ThreadLocalRandom.current().nextInt(Samples.COUNT)));

    /**
     * Texts in evenly spaced slots. A master with fewer slots in a row than a gap may have none.
     */
    private static final class Samples {
        static final int COUNT = 256;
        private static final int SLOTS = 16_384;
        static final List<String> TEXTS = texts();
        static final List<Request> PINGS = TEXTS.stream().map(Cluster::ping).toList();

        private static List<String> texts() {
            Map<Integer, String> bySample = new HashMap<>();
            for (int i = 0; bySample.size() < COUNT; i++) {
                String text = "probe-" + i;
                int slot = ZModem.generate(text);
                if (slot % (SLOTS / COUNT) == 0) {
                    bySample.putIfAbsent(slot, text);
                }
            }
            return List.copyOf(bySample.values());
        }
    }

    static boolean isCluster(RedisConnection connection) {
        return connection instanceof RedisClusterConnection;
    }

    Future<Response> send(RedisConnection to, Request command) {
        return isCluster(to) && command.command().equals(Command.PUBLISH)
                ? to.batch(List.of(command, anchor)).map(List::getFirst)
                : to.send(command);
    }

    /**
     * Sends commands in one batch to each node that has their keys. The answers are in the order of
     * the commands. A command whose keys are in different slots fails.
     */
    Future<List<Response>> batch(RedisConnection to, List<Request> commands) {
        if (!isCluster(to)) {
            return to.batch(commands);
        }
        return RedisCluster.create(to)
                .groupByNodes(commands)
                .compose(groups -> Future.all(groups.stream()
                                .map(group -> to.batch(anchored(group)))
                                .toList())
                        .map(answers -> inOrder(commands, groups, answers.list())));
    }

    /**
     * For each master one text that leads to it. None if the masters are not known, or without a
     * cluster.
     */
    static List<String> masters(RedisConnection connection) {
        if (!isCluster(connection)) {
            return List.of();
        }
        try {
            return RedisCluster.create(connection).groupByNodes(Samples.PINGS).result().stream()
                    .map(group -> new String(key(group.getFirst()), StandardCharsets.US_ASCII))
                    .toList();
        } catch (RuntimeException slotWithoutMaster) {
            return List.of();
        }
    }

    /** A PING to the master to which the text leads. The answer is the text. */
    static Request ping(String text) {
        return Request.cmd(PING).arg(text);
    }

    /** Sends UNSUBSCRIBE to every master. Completes when each is sent or failed. */
    static Future<?> unsubscribe(RedisConnection connection) {
        return isCluster(connection)
                ? Future.join(masters(connection).stream()
                        .map(text -> connection.send(Request.cmd(UNSUBSCRIBE).arg(text)))
                        .toList())
                : connection.send(Request.cmd(Command.UNSUBSCRIBE));
    }

    private static byte[] key(Request command) {
        return ((RequestImpl) command).keys().getFirst();
    }

    private List<Request> anchored(List<Request> group) {
        if (!((RequestImpl) group.getFirst()).keys().isEmpty()) {
            return group;
        }
        List<Request> anchored = new ArrayList<>(group);
        anchored.add(anchor);
        return anchored;
    }

    private static List<Response> inOrder(
            List<Request> commands, List<List<Request>> groups, List<List<Response>> answers) {
        IdentityHashMap<Request, Deque<Integer>> places = new IdentityHashMap<>();
        for (int i = 0; i < commands.size(); i++) {
            places.computeIfAbsent(commands.get(i), command -> new ArrayDeque<>())
                    .add(i);
        }
        Response[] ordered = new Response[commands.size()];
        for (int i = 0; i < groups.size(); i++) {
            Iterator<Response> ofGroup = answers.get(i).iterator();
            for (Request command : groups.get(i)) {
                int place = Objects.requireNonNull(places.get(command)).remove();
                ordered[place] = ofGroup.next();
            }
        }
        return Arrays.asList(ordered);
    }
}
