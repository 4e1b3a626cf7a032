package dev.dunlin.connection.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.peer.PackagedNode;
import dev.dunlin.connection.peer.SharedNode;
import dev.dunlin.connection.peer.TestLink;
import dev.dunlin.connection.peer.TestPoll;
import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random and broken input on every transport of the packaged node; {@code -Ddunlin.fuzz.seed=…}
 * repeats a run, {@code -Ddunlin.fuzz.rounds=…} makes a longer one.
 */
@BesideQuarkus
@ExtendWith(SharedNode.class)
class FuzzIT {
    private static final int ROUNDS = Integer.getInteger("dunlin.fuzz.rounds", 200);
    private static final int CLIENTS = 8;
    private static final double MOST_GROWTH_BYTES = 16 << 20;

    private final PackagedNode node;

    FuzzIT(PackagedNode node) {
        this.node = node;
    }

    @FunctionalInterface
    private interface Attack {
        void on(Fuzzer fuzzer) throws IOException;
    }

    @Test
    void nothingThatComesInBreaksTheNodeOrStaysInIt() throws Exception {
        long seed = Long.getLong("dunlin.fuzz.seed", System.nanoTime());
        System.out.println("fuzzing with -Ddunlin.fuzz.seed=" + seed);
        node.peer().channel("room:fuzz");
        String cursor = cursor();
        fuzz(seed, cursor);
        settle();
        double before = directMemory();
        fuzz(seed + 1, cursor);
        settle();
        node.collectGarbage(); // a buffer that nobody released is reported when it is gone and
        // another one is asked for
        fuzz(seed + 2, cursor);
        settle();
        assertThat(directMemory() - before).as("growth of direct memory").isLessThan(MOST_GROWTH_BYTES);
        assertThat(node.complaints()).as("with -Ddunlin.fuzz.seed=%d", seed).isEmpty();
        goodClientIsServed();
    }

    private void fuzz(long seed, String cursor) {
        List<Attack> attacks = List.of(
                Fuzzer::webSocketBytes, Fuzzer::frames, Fuzzer::upgrades, Fuzzer::streams, Fuzzer::rest, Fuzzer::http2);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed * CLIENTS + client);
                Fuzzer fuzzer = new Fuzzer(node, random, cursor); // its token is asked for by one thread at a time
                done.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < ROUNDS / CLIENTS * attacks.size(); i++) {
                                run(attacks.get(random.nextInt(attacks.size())), fuzzer);
                            }
                        },
                        clients));
            }
            done.forEach(CompletableFuture::join);
        }
    }

    private static void run(Attack attack, Fuzzer fuzzer) {
        try {
            attack.on(fuzzer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing of what came is left. */
    private void settle() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(node.manage("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(node.metric("dunlin_links")).as("links").isZero();
            assertThat(node.metric("dunlin_subscriptions")).as("subscriptions").isZero();
        });
    }

    private double directMemory() {
        return node.metric("jvm_buffer_memory_used_bytes");
    }

    private void goodClientIsServed() {
        String channel = "room:good-" + UUID.randomUUID();
        node.peer().channel(channel);
        try (HttpClient client = HttpClient.newHttpClient();
                TestLink bob = TestLink.connect(
                        client,
                        URI.create("ws://127.0.0.1:" + node.port() + "/v1/ws?auto=false"),
                        TestTokens.user("bob"))) {
            bob.next("welcome");
            bob.send("{'type':'subscribe','ref':1,'channel':'" + channel + "'}");
            bob.next("subscribed");
            bob.send("{'type':'publish','ref':2,'channel':'" + channel + "','id':'m','data':1}");
            assertThat(List.of(
                            bob.next().path("type").asText(),
                            bob.next().path("type").asText()))
                    .containsExactlyInAnyOrder("ack", "message");
        }
    }

    private String cursor() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest poll = HttpRequest.newBuilder(node.http("/v1/poll?channel=room:fuzz"))
                    .header("Authorization", "Bearer " + TestTokens.user("fuzz"))
                    .build();
            JsonNode answer = TestPoll.body(client.send(poll, HttpResponse.BodyHandlers.ofByteArray()));
            return answer.path("cursor").asText();
        }
    }
}
