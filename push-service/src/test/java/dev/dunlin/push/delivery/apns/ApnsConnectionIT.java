package dev.dunlin.push.delivery.apns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.SelfSignedCertificate;
import dev.dunlin.engines.testing.SwallowingProxy;
import dev.dunlin.push.delivery.Alerts;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.webpush.Pems;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What connections do when the server misbehaves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApnsConnectionIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Outcome DELIVERED = new Outcome.Delivered();
    private static final Outcome UNANSWERED = new Outcome.TryLater("no answer in time", Optional.empty(), true);
    private static final int STREAMS = 4;

    private final SelfSignedCertificate certificate;
    private final Path key;

    @SuppressWarnings("NullAway.Init")
    private ScriptedHttp2 server;

    @SuppressWarnings("NullAway.Init")
    private ApnsWorld world;

    ApnsConnectionIT(@TempDir Path directory) throws Exception {
        certificate = SelfSignedCertificate.make(directory);
        key = directory.resolve("AuthKey_ABCDE12345.p8");
        Files.writeString(key, Pems.of(Pems.newKeyPair()));
    }

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedHttp2(certificate, STREAMS);
        world = world(server.port(), 1);
    }

    @AfterEach
    void stop() {
        world.close();
        server.close();
    }

    @ParameterizedTest
    @MethodSource("dev.dunlin.push.delivery.apns.Reasons#all")
    void everyDocumentedReasonHasItsOutcome(Reasons.Row row) {
        server.thenAnswer(row.status(), row.reason());
        assertThat(deliver()).isEqualTo(row.outcome());
    }

    @Test
    void aConnectionIsKeptAndUsedAgain() {
        for (int i = 0; i < 5; i++) {
            assertThat(deliver()).isEqualTo(DELIVERED);
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aRequestThatTheServerDidNotProcessIsSentOnANewConnection() {
        server.then(request -> request.connection().goAway(0, 0));
        assertThat(deliver()).isEqualTo(DELIVERED);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aRequestThatIsAnsweredAfterGoAwayIsNotSentAgain() {
        server.then(request -> request.endHandler(_ -> {
            request.connection().goAway(0);
            request.response().end();
        }));
        assertThat(deliver()).isEqualTo(DELIVERED);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(deliver()).isEqualTo(DELIVERED);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionThatRefusedTheTokenIsNotUsedAgainAndTheTokenIs() {
        Queue<String> tokens = new ConcurrentLinkedQueue<>();
        server.then(request -> {
            tokens.add(request.getHeader("authorization"));
            request.endHandler(_ -> request.response().setStatusCode(403).end("{\"reason\":\"ExpiredProviderToken\"}"));
        });
        server.then(request -> {
            tokens.add(request.getHeader("authorization"));
            request.endHandler(_ -> request.response().end());
        });
        assertThat(deliver()).isEqualTo(new Outcome.TryLater("ExpiredProviderToken", Optional.empty(), true));
        assertThat(deliver()).isEqualTo(DELIVERED);
        assertThat(server.connections()).isEqualTo(2);
        assertThat(tokens.stream().distinct()).hasSize(1);
    }

    @Test
    void aServerThatClosesEveryConnectionIsTroubleOfTheProvider() {
        server.then(request -> request.connection().close());
        server.then(request -> request.connection().close());
        assertThat(deliver()).matches(outcome -> outcome instanceof Outcome.TryLater later && later.provider());
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void oneRequestWithoutAnswerDoesNotCostTheConnection() {
        server.then(_ -> {});
        assertThat(deliver()).isEqualTo(UNANSWERED);
        assertThat(deliver()).isEqualTo(DELIVERED);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aHalfOpenConnectionIsReplaced() throws Exception {
        try (SwallowingProxy proxy = new SwallowingProxy(server.port());
                ApnsWorld behind = world(proxy.port(), 1)) {
            assertThat(behind.deliver(Alerts.saying("hi"), "ab12")).isEqualTo(DELIVERED);
            proxy.swallow();
            assertThat(behind.deliver(Alerts.saying("hi"), "ab12")).isEqualTo(UNANSWERED);
            proxy.forward();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(behind.deliver(Alerts.saying("hi"), "ab12"))
                            .isEqualTo(DELIVERED));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatIsNotThereIsTroubleOfTheProviderAndNoTokenIsInTheReason() throws Exception {
        int port = server.port();
        server.close();
        try (ApnsWorld alone = world(port, 1)) {
            Outcome outcome = alone.deliver(Alerts.saying("hi"), "ab12cd34");
            assertThat(outcome).matches(one -> one instanceof Outcome.TryLater later && later.provider());
            assertThat(outcome.toString()).doesNotContain("ab12cd34");
        }
    }

    @Test
    void theServersLimitOfStreamsIsKept() throws Exception {
        AtomicInteger most = new AtomicInteger();
        Queue<HttpServerRequest> waiting = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 3 * STREAMS; i++) {
            server.then(request -> {
                waiting.add(request);
                most.accumulateAndGet(waiting.size(), Math::max);
                if (waiting.size() == STREAMS) {
                    waiting.forEach(one -> one.response().end());
                    waiting.clear();
                }
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Outcome>> calls = Stream.generate(() -> (Callable<Outcome>) this::deliver)
                    .limit(3 * STREAMS)
                    .toList();
            for (Future<Outcome> call : threads.invokeAll(calls)) {
                assertThat(call.get()).isEqualTo(DELIVERED);
            }
        }
        assertThat(most).hasValue(STREAMS);
        assertThat(server.connections()).isEqualTo(1);
    }

    private Outcome deliver() {
        return world.deliver(Alerts.saying("hi"), "ab12");
    }

    private ApnsWorld world(int port, int connections) throws Exception {
        return new ApnsWorld(
                "localhost:" + port, key, certificate.certificate(), Clock.systemUTC(), TIMEOUT, connections);
    }
}
