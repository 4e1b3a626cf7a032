package dev.dunlin.scenarios.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.checker.history.Recorder;
import dev.dunlin.checker.run.Check;
import dev.dunlin.checker.run.Check.Interference;
import dev.dunlin.checker.run.Result;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.verdict.Promise;
import dev.dunlin.checker.verdict.Violation;
import dev.dunlin.checker.workload.Plan;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.engines.EngineAddresses;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.check.BrokenLinks.Breakage;
import dev.dunlin.scenarios.suite.OnSecondDoubledSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnSecondDoubledSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckIT {
    private static final long SEED = 20261122;
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONGER_THAN_A_STAY_OUTSIDE = Duration.ofSeconds(18);

    private final CheckedSuite suite;
    private final RedisHand redis;

    CheckIT(Suite doubled) {
        suite = new CheckedSuite(doubled);
        redis = new RedisHand(suite.stack().engines().redisPort());
    }

    @BeforeAll
    void aSuiteThatIsLeftInPeaceIsFoundWhole() throws InterruptedException {
        Result result = CheckedSuite.run(suite.small("peace", suite.access()));
        assertThat(result.verdict().violations()).isEmpty();
        assertThat(result.verdict().figures().acked()).isPositive();
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    @Test
    void everyPromiseIsKeptWhileProcessesAreKilledStoppedAndRestarted() throws InterruptedException {
        Result result = CheckedSuite.run(suite.check(CheckedSuite.whole(SEED, SHORT, "whole"), suite.access()));
        assertThat(result.verdict().violations()).isEmpty();
        assertThat(result.verdict().figures().acked()).isPositive();
        assertThat(result.struck()).hasSizeGreaterThan(3);
        assertThat(result.verdict().figures().sentOutside()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "DROP,            HOLE",
        "REPEAT,          DUPLICATE",
        "SWAP,            REORDERED",
        "OTHER_SENDER,    WRONG_SENDER",
        "OTHER_CONTENT,   CHANGED_CONTENT",
        "OTHER_SEQ,       TWO_ON_ONE_SEQ",
        "NEVER_PUBLISHED, PHANTOM"
    })
    void whatIsSpoiltOnTheWayIsFound(Breakage breakage, Promise broken) throws InterruptedException {
        Access whole = suite.access();
        Access spoilt = whole.withConnector(new BrokenLinks(whole.connector(), breakage));
        String name = breakage.name().toLowerCase(Locale.ROOT).replace('_', '-');
        assertThat(broken(CheckedSuite.run(suite.small(name, spoilt)))).contains(broken);
    }

    @Test
    void aBusThatLosesMessagesIsMendedAndNothingIsFound() throws Exception {
        Check check = suite.small("deaf", suite.access());
        Result result = CheckedSuite.shown(check.run(
                (plan, recorder) -> {
                    for (int i = 0; i < 3; i++) {
                        Thread.sleep(Duration.ofMillis(800)); // spread over the time in which it publishes
                        redis.cutSubscribers();
                    }
                },
                nothing()));
        assertThat(result.verdict().violations()).isEmpty();
    }

    @Test
    void anEventOnTheBusThatTheLogDoesNotHaveThereIsFound() throws Exception {
        ChannelName room = CheckedSuite.room("forged");
        Check check = suite.small("forged", suite.access());
        Result result = CheckedSuite.shown(check.run(nothing(), (plan, recorder) -> forge(room, plan, recorder)));
        assertThat(broken(result)).contains(Promise.TWO_ON_ONE_SEQ, Promise.PHANTOM);
    }

    @Test
    void anEventThatIsGoneFromTheStoreIsFound() throws Exception {
        ChannelName room = CheckedSuite.room("gone");
        Check check = suite.small("gone", suite.access());
        Result result = CheckedSuite.shown(check.run(nothing(), (plan, recorder) -> {
            sql("delete from event where channel = ? and seq = 2", room);
            sql("delete from message where channel = ? and seq = 2", room);
        }));
        assertThat(broken(result)).contains(Promise.HOLE, Promise.LOST);
    }

    @Test
    void aMessageThatIsNumberedAgainIsFound() throws Exception {
        ChannelName room = CheckedSuite.room("numbered");
        Check check = suite.small("numbered", suite.access());
        Result result = CheckedSuite.shown(check.run(
                nothing(),
                (plan, recorder) -> sql("update message set seq = seq + 1000 where channel = ? and seq = 3", room)));
        assertThat(broken(result)).contains(Promise.DUPLICATE);
    }

    @Test
    void aRemovedMemberWhoStillReceivesIsFound() throws Exception {
        Check check = suite.small("still-in", suite.access());
        RestClient host = suite.access().rest(new Who(new UserId("still-in-host"), false));
        Result result = CheckedSuite.shown(check.run(
                (plan, recorder) -> {
                    long end = recorder.now() + LONGER_THAN_A_STAY_OUTSIDE.toNanos();
                    while (recorder.now() < end) {
                        for (String guest : List.of("guest-ws", "guest-sse", "guest-poll")) {
                            addAgain(host, new UserId("still-in-" + guest));
                        }
                    }
                },
                nothing()));
        assertThat(broken(result)).containsExactly(Promise.HEARD_AFTER_REMOVAL);
    }

    private static void addAgain(RestClient host, UserId user) throws InterruptedException {
        try {
            host.addMember(new ChannelName("group:still-in-guests"), user).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another event takes the next number on the bus; then the true one gets it. */
    private void forge(ChannelName room, Plan plan, Recorder recorder) throws InterruptedException {
        Who who = plan.speakers().getFirst().who();
        Access access = suite.access();
        try {
            var page = access.rest(who).events(room, 0).get();
            long seq = page.head() + 1;
            Epoch epoch = page.epoch();
            byte[] frame = Json.write(new ServerFrame.Message(
                    room,
                    seq,
                    new ClientMessageId("forged"),
                    new UserId("mallory"),
                    1,
                    Json.tree("forged"),
                    null,
                    null,
                    null,
                    null));
            assertThat(redis.publish(
                            BusChannel.ofChannel(room),
                            BusMessage.event(seq, epoch, TraceId.next(RandomGenerator.getDefault()), null, frame)))
                    .isPositive();
            await().atMost(SOON)
                    .until(() -> recorder.watching().stream()
                            .filter(one -> one.channel().equals(room))
                            .anyMatch(one ->
                                    one.position().map(StreamPosition::seq).orElse(0L) >= seq));
            ClientMessageId id = new ClientMessageId("true");
            long invoked = recorder.now();
            long acked =
                    access.rest(who).publish(room, id, Json.tree("true")).get().seq();
            assertThat(acked).isEqualTo(seq);
            recorder.publish(new Publish(
                    "test",
                    room,
                    who.user(),
                    id,
                    Event.content(Json.tree("true")),
                    invoked,
                    recorder.now(),
                    new Answer.Acked(acked)));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sql(String statement, ChannelName channel) {
        EngineAddresses engines = suite.stack().engines();
        try (Connection connection = Objects.requireNonNull(DriverManager.getConnection(
                        engines.jdbcUrl("message"), EngineAddresses.USER, engines.password()));
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setString(1, channel.value());
            assertThat(prepared.executeUpdate()).isEqualTo(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Interference nothing() {
        return (plan, recorder) -> {};
    }

    private static Set<Promise> broken(Result result) {
        return result.verdict().violations().stream()
                .map(Violation::promise)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Promise.class)));
    }
}
