package dev.dunlin.edge.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.CommandImpl;
import io.vertx.redis.client.impl.KeyLocator;
import io.vertx.redis.client.impl.RequestImpl;
import io.vertx.redis.client.impl.ZModem;
import io.vertx.redis.client.impl.keys.BeginSearchIndex;
import io.vertx.redis.client.impl.keys.FindKeysRange;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

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

    /** The slots that one master serves, both ends included. */
    private record Range(int first, int last, String master) {
        static Range of(Response range) {
            Response master = range.get(2);
            return new Range(range.get(0).toInteger(), range.get(1).toInteger(), master.get(0) + ":" + master.get(1));
        }
    }

    /** Of the newest connection; empty without a cluster. */
    private volatile List<Range> ranges = List.of();

    /**
     * Asks a new connection for the slots. The type of the connection does not say whether it is
     * one to a cluster: Quarkus wraps it.
     */
    Future<?> learn(RedisConnection connection) {
        return connection
                .send(Request.cmd(Command.CLUSTER).arg("SLOTS"))
                .map(slots -> slots.stream().map(Range::of).toList())
                .recover(failure -> failure instanceof ErrorType
                        ? Future.succeededFuture(List.of()) // not a cluster
                        : Future.failedFuture(failure))
                .onSuccess(known -> ranges = known);
    }

    boolean isCluster() {
        return !ranges.isEmpty();
    }

    Future<Response> send(RedisConnection to, Request command) {
        return isCluster() && command.command().equals(Command.PUBLISH)
                ? to.batch(List.of(command, anchor)).map(List::getFirst)
                : to.send(command);
    }

    /**
     * Sends commands in one batch to each node that has their keys. The answers are in the order of
     * the commands. A command whose keys are in different slots fails.
     */
    Future<List<Response>> batch(RedisConnection to, List<Request> commands) {
        if (!isCluster()) {
            return to.batch(commands);
        }
        List<List<Request>> groups = List.copyOf(commands.stream()
                .collect(Collectors.groupingBy(this::master, LinkedHashMap::new, Collectors.toList()))
                .values());
        return Future.all(
                        groups.stream().map(group -> to.batch(anchored(group))).toList())
                .map(answers -> inOrder(commands, groups, answers.list()));
    }

    /** For each master one text that leads to it; none without a cluster. */
    List<String> masters() {
        return isCluster()
                ? List.copyOf(Samples.TEXTS.stream()
                        .collect(Collectors.toMap(text -> master(ping(text)), text -> text, (one, other) -> one))
                        .values())
                : List.of();
    }

    /** Which master has the key of the command. Empty if it has no key, or nobody has its slot. */
    private String master(Request command) {
        List<byte[]> keys = ((RequestImpl) command).keys();
        if (keys.isEmpty()) {
            return "";
        }
        int slot = ZModem.generate(keys.getFirst());
        return ranges.stream()
                .filter(range -> range.first() <= slot && slot <= range.last())
                .map(Range::master)
                .findFirst()
                .orElse("");
    }

    /** A PING to the master to which the text leads. The answer is the text. */
    static Request ping(String text) {
        return Request.cmd(PING).arg(text);
    }

    /** Sends UNSUBSCRIBE to every master. Completes when each is sent or failed. */
    Future<?> unsubscribe(RedisConnection connection) {
        return isCluster()
                ? Future.join(masters().stream()
                        .map(text -> connection.send(Request.cmd(UNSUBSCRIBE).arg(text)))
                        .toList())
                : connection.send(Request.cmd(Command.UNSUBSCRIBE));
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
