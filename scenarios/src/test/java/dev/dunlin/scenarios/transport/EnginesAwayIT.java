package dev.dunlin.scenarios.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.rest.RestPublishing;
import dev.dunlin.checker.transport.socket.SocketPublishing;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.engines.supervise.Health;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnDoubledSuite;
import dev.dunlin.scenarios.suite.Suite;
import dev.dunlin.scenarios.suite.Ways;
import dev.dunlin.scenarios.suite.Ways.Way;
import dev.dunlin.scenarios.transport.Conversation.Speaker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Kafka and the store go away for a while under publishes: everybody is answered, nothing that was
 * acknowledged is lost, and all heals by itself. For how long is in the system properties
 * {@code scenarios.kafka-away} and {@code scenarios.store-away}, in seconds; the profile
 * {@code soak} makes it long.
 */
@OnDoubledSuite
class EnginesAwayIT {
    private static final Duration KAFKA_AWAY = Duration.ofSeconds(Integer.getInteger("scenarios.kafka-away", 6));
    private static final Duration STORE_AWAY = Duration.ofSeconds(Integer.getInteger("scenarios.store-away", 20));
    /** A publish over a link is answered after the ten seconds for which its record is tried. */
    private static final Duration LINKS_ANSWER = Duration.ofSeconds(12);
    /** Within this a publish has an answer, whatever is away. */
    private static final Duration ANSWERED = Duration.ofSeconds(30);

    private final Suite suite;
    private final Names names;
    private final Ways ways;

    EnginesAwayIT(Suite suite, Names names, Ways ways) {
        this.suite = suite;
        this.names = names;
        this.ways = ways;
    }

    @AfterEach
    void heal() throws InterruptedException {
        for (String engine : List.of("kafka", "postgres")) {
            suite.stack().resume(engine);
            suite.stack().start(engine);
        }
        suite.awaitHealthy();
    }

    @Test
    void aBrokerThatStandsStillAndOneThatDiesCostAnswersAndNoMessages() throws Exception {
        try (Conversation talk = talk("kafka-away");
                RawLink link = suite.subscribed(talk.who("asking").user(), suite.gateway(), talk.room())) {
            List<Speaker> speakers = speakAndListen(talk);
            long until = System.nanoTime() + KAFKA_AWAY.toNanos();
            suite.stack().suspend("kafka");
            askOver(link);
            refusedClearly(talk);
            if (KAFKA_AWAY.compareTo(LINKS_ANSWER) > 0) {
                refusedClearly(link);
            }
            awaitTime(until);
            suite.stack().resume("kafka");
            talk.awaitAcked(10);
            suite.kill("kafka");
            talk.awaitAcked(20);
            end(speakers);
            talk.assertWhole();
        }
    }

    @Test
    void aStoreThatIsAwayStopsNothingButAnswersAndIsCaughtUpWith() throws Exception {
        try (Conversation talk = talk("store-away")) {
            List<Speaker> speakers = speakAndListen(talk);
            long until = System.nanoTime() + STORE_AWAY.toNanos();
            suite.stack().stop("postgres");
            refusedClearly(talk);
            await().atMost(Suite.DEADLINE)
                    .untilAsserted(() ->
                            assertThat(suite.stack().health("message-service")).isEqualTo(Health.UNREADY));
            assertThat(code(catchThrowable(() -> ways.access(Way.GATEWAY)
                            .rest(talk.who("asking"))
                            .events(talk.room(), 0)
                            .join())))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            awaitTime(until);
            suite.stack().start("postgres");
            suite.awaitHealthy();
            talk.awaitAcked(20);
            end(speakers);
            talk.assertWhole();
        }
    }

    @Test
    void theNumberingContinuesWithATopicOfCommandsThatWasCreatedAgain() throws Exception {
        try (Conversation talk = talk("made-anew");
                Admin admin = Admin.create(Map.of(
                        "bootstrap.servers", (Object) suite.stack().engines().kafkaBootstrapServers()))) {
            listenOverAll(talk);
            talk.say(10);
            talk.awaitHeard();
            admin.deleteTopics(List.of(Topics.CHANNEL_COMMANDS)).all().get(30, TimeUnit.SECONDS);
            await().atMost(Suite.DEADLINE)
                    .ignoreExceptions() // the old one may be there for a moment
                    .until(() -> admin.createTopics(List.of(new NewTopic(Topics.CHANNEL_COMMANDS, 6, (short) 1)))
                                    .all()
                                    .get(5, TimeUnit.SECONDS)
                            == null);
            talk.say(5);
            talk.assertWhole();
        }
    }

    private Conversation talk(String name) {
        return new Conversation(names, name, ways.access(Way.GATEWAY));
    }

    private void listenOverAll(Conversation talk) {
        TransportsIT.listening()
                .forEach(medium ->
                        talk.listen(medium.name().toLowerCase(Locale.ROOT), medium, ways.access(ways.outermost())));
        talk.awaitListening();
    }

    private List<Speaker> speakAndListen(Conversation talk) {
        listenOverAll(talk);
        Access access = ways.access(ways.outermost());
        List<Speaker> speakers = List.of(
                talk.speaker("ws", new SocketPublishing(access, talk.who("ws"))),
                talk.speaker("rest", new RestPublishing(access.rest(talk.who("rest")))));
        talk.awaitAcked(10);
        return speakers;
    }

    private static void end(List<Speaker> speakers) throws InterruptedException {
        for (Speaker speaker : speakers) {
            speaker.finish();
        }
    }

    /**
     * By REST: {@code unavailable}, which is retryable. What is refused like that may be in the log
     * later, so it is said in another room.
     */
    private void refusedClearly(Conversation talk) {
        Throwable failure = catchThrowable(() -> ways.access(Way.GATEWAY)
                .rest(talk.who("asking"))
                .publish(names.room("unheard"), new ClientMessageId("rest"), Json.tree("text"))
                .orTimeout(ANSWERED.toSeconds(), TimeUnit.SECONDS)
                .join());
        assertThat(code(failure)).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    private void askOver(RawLink link) {
        link.send(new ClientFrame.Publish(
                Ref.of("refused"), names.room("unheard"), new ClientMessageId("ws"), Json.tree("text"), null));
    }

    /** The same over a link, which stays open. */
    private static void refusedClearly(RawLink link) {
        ServerFrame.ErrorReply error = link.await(ServerFrame.ErrorReply.class);
        assertThat(error.ref()).isEqualTo(Ref.of("refused"));
        assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(error.retryable()).isTrue();
        assertThat(link.isOpen()).isTrue();
    }

    private static ErrorCode code(Throwable failure) {
        assertThat(failure).isInstanceOf(CompletionException.class);
        if (failure.getCause() instanceof RequestFailed refused) {
            return refused.code();
        }
        throw new AssertionError("not refused, but failed", failure);
    }

    private static void awaitTime(long nanos) {
        await().atMost(Duration.ofMinutes(5)).until(() -> System.nanoTime() - nanos >= 0);
    }
}
