package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.BlockingFront;
import dev.dunlin.scenarios.suite.BlockingFront.Treatment;
import dev.dunlin.scenarios.suite.Heard;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java SDK finds its way: whatever gets through, nothing is lost and nothing comes twice. */
@OnStruckSuite
class SdkTransportsIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SOME = 25;

    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName group;
    private int said;

    SdkTransportsIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.group = names.group("transports");
    }

    @BeforeEach
    void createGroup() {
        suite.createGroup(group, alice, bob);
    }

    @Test
    void withoutWebSocketsItGoesOnByEventStreamsAndComesBackUpWhenItCan() {
        Heard heard = new Heard();
        try (BlockingFront front = BlockingFront.before(suite.gateway());
                DunlinClient client = client(front, heard)) {
            client.connect().join();
            client.subscribe(group).join();
            say(client);
            front.treat("/v1/ws", Treatment.REFUSE);
            say(client);
            awaitTransport(heard, Transport.SSE);
            say(client);
            front.treat("/v1/ws", Treatment.PASS);
            say(client);
            awaitTransport(heard, Transport.WEBSOCKET);
            say(client);
            awaitAll(heard);
        }
        assertThat(heard.transports()).containsExactly(Transport.WEBSOCKET, Transport.SSE, Transport.WEBSOCKET);
    }

    @Test
    void whereAProxyKeepsStreamsBackItPollsAndComesBackUp() {
        Heard heard = new Heard();
        try (BlockingFront front = BlockingFront.before(suite.gateway());
                DunlinClient client = client(front, heard)) {
            front.treat("/v1/ws", Treatment.REFUSE);
            front.treat("/v1/events", Treatment.BUFFER);
            client.connect().join();
            client.subscribe(group).join();
            say(client);
            assertThat(heard.transports()).containsExactly(Transport.POLL);
            front.treat("/v1/events", Treatment.PASS);
            say(client);
            awaitTransport(heard, Transport.SSE);
            say(client);
            front.treat("/v1/ws", Treatment.PASS);
            awaitTransport(heard, Transport.WEBSOCKET);
            say(client);
            awaitAll(heard);
        }
    }

    @Test
    void aNodeKilledUnderAnyTransportLosesNothing() {
        Map<Transport, Heard> heard = new EnumMap<>(Transport.class);
        List<DunlinClient> clients = new ArrayList<>();
        try {
            for (Transport transport : Transport.values()) {
                Heard ear = new Heard();
                heard.put(transport, ear);
                DunlinClient client = suite.clients(bob, suite.gateway(), ear)
                        .transports(Set.of(transport))
                        .build();
                clients.add(client);
                client.connect().join();
                client.subscribe(group).join();
            }
            for (String node : List.of("connection-1", "connection-2")) {
                clients.forEach(this::sayLater);
                suite.kill(node);
                clients.forEach(this::say);
                suite.awaitHealthy();
            }
            heard.values().forEach(this::awaitAll);
        } finally {
            clients.forEach(DunlinClient::close);
            suite.awaitHealthy();
        }
        heard.forEach((transport, ear) -> assertThat(ear.transports()).containsOnly(transport));
    }

    private DunlinClient client(BlockingFront front, Heard heard) {
        return suite.clients(bob, front.origin(), heard)
                .probeEvery(Duration.ofSeconds(1))
                .build();
    }

    private List<CompletableFuture<ServerFrame.Ack>> sayLater(DunlinClient client) {
        List<CompletableFuture<ServerFrame.Ack>> acks = new ArrayList<>();
        for (int i = 0; i < SOME; i++) {
            acks.add(client.publish(group, new ClientMessageId("m" + ++said), Json.tree("text " + said), null));
        }
        return acks;
    }

    private void say(DunlinClient client) {
        List<CompletableFuture<ServerFrame.Ack>> acks = sayLater(client);
        await().atMost(SOON).until(() -> acks.stream().allMatch(CompletableFuture::isDone));
        assertThat(acks).allSatisfy(ack -> assertThat(ack).isCompleted());
    }

    private void awaitTransport(Heard heard, Transport transport) {
        await().atMost(SOON).until(() -> heard.transports().getLast() == transport);
    }

    private void awaitAll(Heard heard) {
        await().atMost(SOON).until(() -> heard.seqs(group).size() >= said);
        assertThat(heard.seqs(group))
                .isEqualTo(LongStream.rangeClosed(1, said).boxed().toList());
        assertThat(heard.ids(group)).hasSize(said).doesNotHaveDuplicates();
    }
}
