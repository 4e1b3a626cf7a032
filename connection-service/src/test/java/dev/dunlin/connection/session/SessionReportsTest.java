package dev.dunlin.connection.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionReportsTest {
    private static final int USERS = 12;
    private static final int STEPS = 400;

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /**
     * Starts, ends, turns, questions, failures and acknowledgements in any order. In every second
     * run few events are kept, so that lists stand for the others.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void receiverHasTheSessionsOfTheNodeOnceEverythingIsStored(int seed) {
        Random random = new Random(seed);
        ReportsFixture node = new ReportsFixture(seed % 2 == 0 ? UnsentEvents.MOST : 4);
        List<Session> open = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            step(node, open, random);
        }
        node.settle();
        node.reports.lapsed(); // so that every shard has a digest
        node.settle();

        Receiver receiver = new Receiver();
        receiver.readAll(node.records);
        assertThat(receiver.sessions()).isEqualTo(Receiver.sessionsOf(node.directory));
        assertThat(receiver.lastDigests()).isNotEmpty().doesNotContainValue(false);
    }

    @Test
    void timesOfTheRecordsOfAShardGrow() {
        Random random = new Random(1);
        ReportsFixture node = new ReportsFixture();
        List<Session> open = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            step(node, open, random);
        }
        node.settle();
        assertThat(node.records.attempts().stream().map(SessionRecord::at))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private static void step(ReportsFixture node, List<Session> open, Random random) {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> open.add(node.start("user" + random.nextInt(USERS)));
            case 3, 4 -> {
                if (!open.isEmpty()) {
                    node.end(open.remove(random.nextInt(open.size())));
                }
            }
            case 5, 6 -> {
                if (!open.isEmpty()) {
                    node.away(open.get(random.nextInt(open.size())), random.nextBoolean());
                }
            }
            case 7 -> {
                if (random.nextInt(5) == 0) { // a list repairs what should not be broken
                    node.want(null, random.nextInt(PresenceShard.COUNT), PresenceShard.of(aUser(random)));
                }
            }
            case 8 -> node.loop.run();
            case 9 -> node.pass(Duration.ofMillis(random.nextInt(1_500)));
            default -> {
                for (int i = random.nextInt(5);
                        i >= 0 && !node.records.waiting().isEmpty();
                        i--) {
                    resolve(node, random);
                }
            }
        }
    }

    private static UserId aUser(Random random) {
        return new UserId("user" + random.nextInt(USERS));
    }

    /** The oldest attempt is stored or not; that it was stored may also remain unknown. */
    private static void resolve(ReportsFixture node, Random random) {
        MemoryRecords.Call oldest = node.records.waiting().removeFirst();
        int outcome = random.nextInt(4);
        if (outcome < 3) {
            node.records.store(oldest);
        }
        if (outcome < 2) {
            oldest.outcome().complete(null);
        } else {
            oldest.fail();
        }
    }
}
