package dev.dunlin.benchmark.presence;

import dev.dunlin.benchmark.presence.PresenceFigures.Phase;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.CpuTimes;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionEvent.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** The phases of the benchmark on a suite that runs. */
final class PresencePhases {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int HEARTBEAT_SECONDS = 25;
    private static final int AT_ONCE = 1_000;

    private final BenchmarkSuite suite;
    private final RedisInfo redis;
    private final SimulatedNodes nodes;
    private final int users;
    private final List<Phase> phases = new ArrayList<>();

    PresencePhases(BenchmarkSuite suite, RedisInfo redis, SimulatedNodes nodes, int users) {
        this.suite = suite;
        this.redis = redis;
        this.nodes = nodes;
        this.users = users;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Runs all phases. */
    List<Phase> run(int churnMinutes) throws IOException, InterruptedException {
        awaitQuiet();
        phase("connect", users, () -> {
            paced(users, 0, user -> nodes.say(Kind.STARTED, user, 0));
            awaitOnline(users);
        });
        phase("nothing but heartbeats for 60 s", users, () -> TimeUnit.SECONDS.sleep(60));
        int changes = Math.max(1, users / 100) * churnMinutes;
        phase(
                "1 % a minute leave and come back",
                2L * changes, () -> {
                    paced(changes, 60L * churnMinutes, user -> {
                        nodes.say(Kind.ENDED, user, 0);
                        nodes.say(Kind.STARTED, user, 1);
                    });
                    awaitOnline(users);
                });
        phase("away", users / 10, () -> {
            paced(users / 10, 0, user -> nodes.say(Kind.AWAY, users - 1 - user, 0));
            awaitApplied();
        });
        phase("all reconnect within 60 s", 2L * users, () -> {
            paced(users, 60, user -> {
                int life = user < changes ? 1 : 0;
                nodes.say(Kind.STARTED, user, life + 1);
                nodes.say(Kind.ENDED, user, life);
            });
            awaitApplied();
            awaitOnline(users);
        });
        phase("all leave", users, () -> {
            paced(users, 0, user -> nodes.say(Kind.ENDED, user, user < changes ? 2 : 1));
            awaitOnline(0);
        });
        naive();
        return phases;
    }

    /**
     * What many do instead: for each heartbeat of each user SETEX of a key and ZADD of the time.
     * One heartbeat of everybody, as fast as Redis takes them.
     */
    private void naive() throws IOException, InterruptedException {
        phase("naive: one heartbeat (%d s) of everybody".formatted(HEARTBEAT_SECONDS), users, () -> {
            List<String> commands = new ArrayList<>();
            for (int user = 0; user < users; user++) {
                commands.add("SETEX naive:" + SimulatedNodes.user(user) + " 60 online");
                commands.add("ZADD naive " + System.currentTimeMillis() + " " + SimulatedNodes.user(user));
                if (commands.size() >= AT_ONCE) {
                    redis.pipeline(commands);
                    commands.clear();
                }
            }
            redis.pipeline(commands);
        });
    }

    private void phase(String what, long count, Work work) throws IOException, InterruptedException {
        System.err.println("  " + what);
        Map<String, Long> pids = suite.pids();
        RedisInfo.Counters before = redis.counters();
        CpuTimes cpuBefore = CpuTimes.of(pids);
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Long> cpu = CpuTimes.of(pids).since(cpuBefore);
        RedisInfo.Counters after = redis.counters();
        phases.add(new Phase(
                what,
                count,
                seconds,
                after.commands() - before.commands(),
                after.bytes() - before.bytes(),
                after.cpuMillis() - before.cpuMillis(),
                cpu.getOrDefault("presence-service", 0L) / 1e6,
                cpu.getOrDefault("kafka", 0L) / 1e6,
                after.memory() - before.memory(),
                after.publishes() - before.publishes()));
    }

    /** Does something for each of the first {@code count} users, evenly in that time. */
    private void paced(int count, long seconds, IntConsumer each) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + TimeUnit.SECONDS.toNanos(seconds) * i / count;
            long early = due - System.nanoTime();
            if (early > 1_000_000) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            each.accept(i);
        }
        nodes.flush();
    }

    private void awaitOnline(long count) throws IOException, InterruptedException {
        await(() -> online() == count, count + " users online");
    }

    private long online() throws IOException {
        long online = 0;
        for (int shard = 0; shard < PresenceShard.COUNT; shard++) {
            online += Long.parseLong(redis.ask("HLEN p:{" + shard + "}:users"));
        }
        return online;
    }

    /** Until the owner has applied every record. */
    private void awaitApplied() throws IOException, InterruptedException {
        try (Ends ends = new Ends(suite.kafka())) {
            await(() -> ends.behind(this::applied) == 0, "every record is applied");
        }
    }

    private long applied(int shard) throws IOException {
        String next = redis.ask("HGET p:{" + shard + "}:meta next");
        return next.isEmpty() ? 0 : Long.parseLong(next);
    }

    /** Until all shards are known. */
    private void awaitQuiet() throws IOException, InterruptedException {
        await(
                () -> {
                    for (int shard = 0; shard < PresenceShard.COUNT; shard++) {
                        if (!redis.ask("HGET p:{" + shard + "}:meta state").equals("ready")) {
                            return false;
                        }
                    }
                    return true;
                },
                "every shard is known");
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(Condition condition, String what) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.plus(GRACE).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("waited in vain: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
