package dev.dunlin.connection.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.kafka.PresenceShard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changes, lost batches, new owners, reconnects, rebuilds of presence-service, watches and
 * questions in any order: in the end a client that believes every frame knows what holds.
 */
class WatchersHearTest {
    private static final int STEPS = 300;
    private static final List<Status> STATUSES = List.of(Status.ONLINE, Status.AWAY, Status.OFFLINE);
    private static final List<String> USERS = IntStream.range(0, 1_000)
            .mapToObj(i -> "u" + i)
            .filter(user -> PresenceShard.of(new UserId(user)) == 3)
            .limit(6)
            .toList();

    private final WatchFixture node = new WatchFixture();
    private final Map<String, Status> statuses = new HashMap<>();
    private final Set<String> watched = new HashSet<>();
    private long owner = 1;
    private long n = 1;
    /** Whether a batch came since the subscription: a hole before the first one shows nothing. */
    private boolean heard;

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatHolds(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            step(random);
        }
        USERS.forEach(user -> node.service.set(user, statuses.getOrDefault(user, Status.OFFLINE)));
        node.service.answer();
        node.repeat(owner, n, USERS.getFirst());
        for (int i = 0; i < 6; i++) {
            node.loop.pass(Duration.ofSeconds(5)); // not so long that silence repairs all
        }
        Map<String, String> received = received();
        for (String user : watched) {
            Status status = statuses.getOrDefault(user, Status.OFFLINE);
            assertThat(received.get(user)).isEqualTo(Json.tree(status).asText());
        }
    }

    private void step(Random random) {
        String user = USERS.get(random.nextInt(USERS.size()));
        switch (random.nextInt(20)) { // what makes the node fetch everything is rare
            case 0, 1, 2, 3, 15, 16 -> {
                Status status = STATUSES.get(random.nextInt(STATUSES.size()));
                statuses.put(user, status);
                node.service.set(user, status);
                n++;
                if (!heard || random.nextInt(3) > 0) {
                    node.bring(owner, n, status, user);
                    heard = !watched.isEmpty();
                }
            }
            case 4 -> {
                node.repeat(owner, n, user);
                heard = !watched.isEmpty();
            }
            case 5 -> {
                owner++;
                n = 1;
                node.repeat(owner, n, user);
                heard = !watched.isEmpty();
            }
            case 6 -> node.busSubscriptions.reconnected();
            case 7 -> node.service.set(user, Status.UNKNOWN);
            case 8, 13, 14 -> {
                node.ask(true, user);
                watched.add(user);
            }
            case 9 -> {
                boolean end = random.nextInt(3) == 0;
                node.ask(end ? false : null, user);
                if (end) {
                    watched.remove(user);
                    heard &= !watched.isEmpty();
                }
            }
            case 10, 11, 12 -> {
                if (random.nextBoolean()) {
                    node.service.hold();
                } else {
                    node.service.answer();
                    node.loop.run();
                }
            }
            default -> node.loop.pass(Duration.ofMillis(random.nextInt(600)));
        }
    }

    /** What a client believes. */
    private Map<String, String> received() {
        Map<String, String> received = new HashMap<>();
        for (String text : node.link.sent()) {
            JsonNode frame = parse(text);
            frame.path(frame.path("type").asText().equals("presence") ? "changes" : "users")
                    .forEach(user -> received.put(
                            user.path("user").asText(), user.path("status").asText()));
        }
        return received;
    }

    private static JsonNode parse(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidInput e) {
            throw new IllegalStateException(e);
        }
    }
}
