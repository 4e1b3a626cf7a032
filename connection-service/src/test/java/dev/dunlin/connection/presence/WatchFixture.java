package dev.dunlin.connection.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.connection.fake.MemoryBus;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionKey;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.kafka.PresenceShard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Watches of one session, on ports that are driven by hand. */
final class WatchFixture {
    static final long OWNER = 5;
    /** Longer than the jitter of snapshots. */
    static final Duration JITTER = Duration.ofMillis(500);

    final ManualLoop loop = new ManualLoop();
    final MemoryBus bus = new MemoryBus();
    final CountingMetrics metrics = new CountingMetrics();
    final BusSubscriptions busSubscriptions = new BusSubscriptions(bus, metrics);
    final MemoryPresence service = new MemoryPresence();
    final PresenceWatches watches = new PresenceWatches(loop, busSubscriptions, service, new Random(1), metrics);
    final MemoryLink link = new MemoryLink(loop);
    final Session session = new Session(
            new SessionKey(0, 1),
            new Identity(new UserId("bob"), new TokenGrants(false, List.of()), 0, Long.MAX_VALUE),
            Device.WEB,
            link,
            new Outbox(link, 1_000_000, metrics));
    private int read;

    WatchFixture() {
        watches.start();
        loop.run();
    }

    /** Asks, and lets the bus confirm. */
    void ask(@Nullable Boolean watch, String... users) {
        send(watch, users);
        confirm(users);
    }

    void send(@Nullable Boolean watch, String... users) {
        watches.handle(session, new ClientFrame.Presence(null, users(users), watch));
        loop.run();
    }

    void confirm(String... users) {
        users(users).forEach(user -> bus.confirm(channel(user)));
        loop.run();
    }

    /** Watches all contacts, and lets the bus confirm for these. */
    void watchContacts(String... users) {
        watches.handle(session, new ClientFrame.Presence(null, null, true, true));
        loop.run();
        confirm(users);
    }

    /** A notice comes for the session's user. */
    void notice(UserNotice notice) {
        watches.notice(session, notice);
        loop.run();
    }

    /** The bus brings the batch n of the user's shard: it changed who may see it. */
    void recheck(long n, String user) {
        receive(channel(new UserId(user)), new PresenceBatch(OWNER, n, List.of(), List.of(new UserId(user))));
    }

    /** Watches, and reads the answer. */
    void watch(String... users) {
        ask(true, users);
        assertThat(frames()).containsExactly("presence_state");
    }

    /**
     * The bus brings the batch n of the first user's shard, in which all of these have the status.
     */
    void bring(long owner, long n, Status status, String... users) {
        receive(
                channel(new UserId(users[0])),
                new PresenceBatch(
                        owner,
                        n,
                        users(users).stream()
                                .map(user -> new UserPresence(user, status, null))
                                .toList()));
    }

    /** The bus brings a batch without changes. */
    void repeat(long owner, long n, String user) {
        receive(channel(new UserId(user)), new PresenceBatch(owner, n, List.of()));
    }

    private void receive(BusChannel channel, PresenceBatch batch) {
        busSubscriptions.received(channel, Json.write(batch));
        loop.run();
    }

    static BusChannel channel(UserId user) {
        return BusChannel.ofPresence(PresenceShard.of(user));
    }

    private static List<UserId> users(String... users) {
        return Arrays.stream(users).map(UserId::new).toList();
    }

    /**
     * The types of the frames since the last look; {@code user=status …} for each presence frame.
     */
    List<String> frames() {
        List<String> frames = new ArrayList<>();
        for (; read < link.sent().size(); read++) {
            try {
                frames.add(describe(Json.parse(link.sent().get(read).getBytes(StandardCharsets.UTF_8))));
            } catch (InvalidInput e) {
                throw new IllegalStateException(e);
            }
        }
        return frames;
    }

    private static String describe(JsonNode frame) {
        if (!frame.path("type").asText().equals("presence")) {
            return frame.path("type").asText();
        }
        List<String> changes = new ArrayList<>();
        frame.path("changes")
                .forEach(change -> changes.add(change.path("user").asText() + "="
                        + change.path("status").asText()));
        return String.join(" ", changes);
    }
}
