package dev.dunlin.scenarios.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.checker.history.Recorder;
import dev.dunlin.checker.run.Check.Interference;
import dev.dunlin.checker.run.Result;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.verdict.Checker;
import dev.dunlin.checker.verdict.Promise;
import dev.dunlin.checker.verdict.Violation;
import dev.dunlin.checker.workload.Plan;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.client.rest.HttpRefused;
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
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.scenarios.check.BrokenLinks.Breakage;
import dev.dunlin.scenarios.suite.OnDoubledSuite;
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
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnDoubledSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckIT {
    private static final long SEED = 20261122;
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration UNTIL_HEARD = Duration.ofSeconds(90);
    /** Tests change the second or the third event of a room: this leaves two after it. */
    private static final long SOME = 5;

    private static final Duration BETWEEN_ADDITIONS = Duration.ofMillis(100);

    private final CheckedSuite suite;
    private final SmallChecks small;
    private final RedisHand redis;

    CheckIT(Suite doubled) {
        suite = new CheckedSuite(doubled);
        small = new SmallChecks(suite);
        redis = new RedisHand(suite.stack().engines().redisPort());
    }

    @BeforeAll
    void runSmallChecks() {
        Access whole = suite.access();
        small.add("peace", whole, nothing(), nothing());
        small.add("still-in", whole, this::addGuestsAgain, nothing());
        for (Breakage breakage : Breakage.values()) {
            BrokenLinks links = new BrokenLinks(whole.connector(), breakage);
            small.add(nameOf(breakage), whole.withConnector(links), until(links::showed), nothing());
        }
        small.addWithPresence("slandered", whole, this::callAUserOffline);
        small.add("deaf", whole, this::cutTheBusThreeTimes, nothing());
        small.add("forged", whole, nothing(), this::forge);
        small.add("gone", whole, untilSome("gone"), this::removeTheSecondEvent);
        small.add("numbered", whole, untilSome("numbered"), this::numberTheThirdAgain);
        small.run();
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    @Test
    void aSuiteThatIsLeftInPeaceIsFoundWhole() throws Exception {
        Result result = small.of("peace");
        assertThat(result.verdict().violations()).isEmpty();
        assertThat(result.verdict().figures().acked()).isPositive();
    }

    @Test
    void everyPromiseIsKeptWhileProcessesAreKilledStoppedAndRestarted() throws InterruptedException {
        Result result = CheckedSuite.run(suite.check(CheckedSuite.whole(SEED, SHORT, "whole"), suite.access()));
        assertThat(result.verdict().violations()).isEmpty();
        assertThat(result.verdict().figures().acked()).isPositive();
        assertThat(result.struck()).hasSizeGreaterThan(3);
        assertThat(result.verdict().figures().sentOutside()).isPositive();
        assertThat(result.verdict().figures().push().owed()).isPositive();
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
    void whatIsSpoiltOnTheWayIsFound(Breakage breakage, Promise broken) throws Exception {
        assertThat(broken(small.of(nameOf(breakage)))).contains(broken);
    }

    @Test
    void aBusThatLosesMessagesIsMendedAndNothingIsFound() throws Exception {
        assertThat(small.of("deaf").verdict().violations()).isEmpty();
    }

    @Test
    void anEventOnTheBusThatTheLogDoesNotHaveThereIsFound() throws Exception {
        assertThat(broken(small.of("forged"))).contains(Promise.TWO_ON_ONE_SEQ, Promise.PHANTOM);
    }

    @Test
    void anEventThatIsGoneFromTheStoreIsFound() throws Exception {
        assertThat(broken(small.of("gone"))).contains(Promise.HOLE, Promise.LOST);
    }

    @Test
    void aMessageThatIsNumberedAgainIsFound() throws Exception {
        assertThat(broken(small.of("numbered"))).contains(Promise.DUPLICATE);
    }

    @Test
    void aRemovedMemberWhoStillReceivesIsFound() throws Exception {
        assertThat(broken(small.of("still-in"))).containsExactly(Promise.HEARD_AFTER_REMOVAL);
    }

    @Test
    void aUserWhoIsCalledOfflineAndIsOnlineIsFound() throws Exception {
        assertThat(broken(small.of("slandered"))).containsExactly(Promise.CALLED_OFFLINE);
    }

    /**
     * The nodes believe the batch, and find out with the next one that some between are missing.
     */
    private void callAUserOffline(Plan plan, Recorder recorder) {
        UserId user = new UserId("slandered-steady-1");
        int shard = PresenceShard.of(user);
        long owner = Long.parseLong(redis.field("p:{" + shard + "}:meta", "owner"));
        UserPresence offline = new UserPresence(user, Status.OFFLINE, 1L);
        assertThat(redis.publish(
                        BusChannel.ofPresence(shard),
                        Json.write(new PresenceBatch(owner, 1_000_000, List.of(offline)))))
                .isPositive();
    }

    private void cutTheBusThreeTimes(Plan plan, Recorder recorder) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            Thread.sleep(Duration.ofMillis(800)); // spread over the time in which it publishes
            redis.cutSubscribers();
        }
    }

    private void removeTheSecondEvent(Plan plan, Recorder recorder) {
        ChannelName room = CheckedSuite.room("gone");
        sql("delete from event where channel = ? and seq = 2", room);
        sql("delete from message where channel = ? and seq = 2", room);
    }

    private void numberTheThirdAgain(Plan plan, Recorder recorder) {
        sql("update message set seq = seq + 1000 where channel = ? and seq = 3", CheckedSuite.room("numbered"));
    }

    /** Until one of them has heard what it should not: on a busy machine they come back slowly. */
    private void addGuestsAgain(Plan plan, Recorder recorder) throws InterruptedException {
        RestClient host = suite.access().rest(new Who(new UserId("still-in-host"), false));
        long end = recorder.now() + UNTIL_HEARD.toNanos();
        while (recorder.now() < end && !isHeardAfterRemoval(recorder)) {
            for (String guest : List.of("guest-ws", "guest-sse", "guest-poll")) {
                addAgain(host, new UserId("still-in-" + guest));
            }
            Thread.sleep(BETWEEN_ADDITIONS);
        }
    }

    private static boolean isHeardAfterRemoval(Recorder recorder) {
        return Checker.check(recorder.history(List.of())).count(Promise.HEARD_AFTER_REMOVAL) > 0;
    }

    private static void addAgain(RestClient host, UserId user) throws InterruptedException {
        try {
            host.addMember(new ChannelName("group:still-in-guests"), user).get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof HttpRefused)) {
                throw new IllegalStateException(e);
            } // refused in the race with a removal: the next round adds again
        }
    }

    /** Another event takes the next number on the bus; then the true one gets it. */
    private void forge(Plan plan, Recorder recorder) throws InterruptedException {
        ChannelName room = CheckedSuite.room("forged");
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
            awaitSeen(recorder, room, seq, SOON);
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

    private static String nameOf(Breakage breakage) {
        return breakage.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Interference nothing() {
        return (plan, recorder) -> {};
    }

    /** Waits until another message followed the spoilt one in its channel. */
    private static Interference until(BooleanSupplier shown) {
        return (plan, recorder) -> await().atMost(UNTIL_HEARD).until(shown::getAsBoolean);
    }

    /** Waits until the room of the check has events on both sides of the one that is changed. */
    private static Interference untilSome(String name) {
        return (plan, recorder) -> awaitSeen(recorder, CheckedSuite.room(name), SOME, UNTIL_HEARD);
    }

    private static void awaitSeen(Recorder recorder, ChannelName room, long seq, Duration most) {
        await().atMost(most)
                .until(() -> recorder.watching().stream()
                        .filter(one -> one.channel().equals(room))
                        .anyMatch(one -> one.position().map(StreamPosition::seq).orElse(0L) >= seq));
    }

    private static Set<Promise> broken(Result result) {
        return result.verdict().violations().stream()
                .map(Violation::promise)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Promise.class)));
    }
}
