package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.Heard;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@OnStruckSuite
class ResumeIT {
    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName group;

    ResumeIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.group = names.group("resume");
        suite.createGroup(group, alice, bob);
    }

    @Test
    void aReconnectGetsExactlyWhatItMissed() throws IOException {
        missAndResume(suite.node(1), suite.node(1));
    }

    @Test
    void aReconnectToTheOtherNodeGetsExactlyWhatItMissed() throws IOException {
        missAndResume(suite.node(1), suite.node(2));
    }

    @Test
    void aReconnectThatMissedNothingGetsNothing() throws IOException {
        publish(1, 3);
        try (RawLink link = suite.link(bob, suite.node(1))) {
            Epoch epoch = epochOf(link);
            try (RawLink other = quietLink()) {
                ServerFrame.Subscribed resumed = resume(other, epoch, 3);
                assertThat(resumed.recovered()).isTrue();
                publish(4, 4);
                other.await(ServerFrame.Message.class);
                assertThat(seqs(other)).containsExactly(4L);
            }
        }
    }

    @Test
    void aPositionOfAnotherEpochIsRefusedAndNotGuessed() throws IOException {
        publish(1, 3);
        try (RawLink link = quietLink()) {
            ServerFrame.Subscribed resumed = resume(link, new Epoch("another"), 1);
            assertThat(resumed.recovered()).isFalse();
            assertThat(resumed.head()).isEqualTo(3);
        }
    }

    @Test
    void subscribingAgainDoublesNothing() throws IOException {
        try (RawLink link = suite.subscribed(bob, suite.node(1), group)) {
            link.send(new ClientFrame.Subscribe(Ref.of("again"), group, null));
            link.await(ServerFrame.Subscribed.class);
            publish(1, 3);
            link.await(ServerFrame.Message.class, message -> message.seq() == 3);
            assertThat(seqs(link)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void theClientSurfacesEachSeqOnceAndInOrderWhileItsNodeIsKilled() {
        Heard heard = new Heard();
        try (DunlinClient client = suite.clientAtNode(2, bob, heard)) {
            client.connect().join();
            client.subscribe(group).join();
            publish(1, 10);
            await().atMost(Suite.DEADLINE).until(() -> heard.seqs(group).size() == 10);
            suite.kill("connection-2");
            publish(11, 30);
            await().atMost(Suite.COME_BACK)
                    .untilAsserted(() -> assertThat(heard.seqs(group))
                            .as(() -> "the link: " + heard.states())
                            .hasSizeGreaterThanOrEqualTo(30));
            publish(31, 35);
            await().atMost(Suite.DEADLINE).until(() -> heard.seqs(group).size() >= 35);
            assertThat(heard.seqs(group))
                    .isEqualTo(LongStream.rangeClosed(1, 35).boxed().toList());
            assertThat(heard.connects()).isEqualTo(2);
        } finally {
            suite.awaitHealthy();
        }
    }

    private void missAndResume(URI before, URI after) throws IOException {
        Epoch epoch;
        try (RawLink link = suite.link(bob, before)) {
            epoch = epochOf(link);
            publish(1, 5);
            link.await(ServerFrame.Message.class, message -> message.seq() == 5);
        }
        publish(6, 12);
        try (RawLink link = quietLink(after)) {
            ServerFrame.Subscribed resumed = resume(link, epoch, 5);
            assertThat(resumed.recovered()).isTrue();
            publish(13, 14);
            link.await(ServerFrame.Message.class, message -> message.seq() == 14);
            assertThat(seqs(link))
                    .isEqualTo(LongStream.rangeClosed(6, 14).boxed().toList());
        }
    }

    private RawLink quietLink() throws IOException {
        return quietLink(suite.node(2));
    }

    /** A link that the server has subscribed to nothing by itself. */
    private RawLink quietLink(URI origin) throws IOException {
        RawLink link = RawLink.open(
                suite.http(),
                URI.create(Suite.socket(origin) + "?auto=false"),
                suite.stack().userToken(bob.value()),
                Suite.DEADLINE);
        link.await(ServerFrame.Welcome.class);
        return link;
    }

    private Epoch epochOf(RawLink link) {
        link.send(new ClientFrame.Subscribe(Ref.of("epoch"), group, null));
        Epoch epoch = link.await(ServerFrame.Subscribed.class).epoch();
        assertThat(epoch).isNotNull();
        return java.util.Objects.requireNonNull(epoch);
    }

    private ServerFrame.Subscribed resume(RawLink link, Epoch epoch, long seq) {
        link.send(new ClientFrame.Subscribe(Ref.of("resume"), group, new StreamPosition(epoch, seq)));
        return link.await(ServerFrame.Subscribed.class);
    }

    private void publish(int from, int to) {
        IntStream.rangeClosed(from, to)
                .forEach(i -> suite.rest(alice)
                        .publish(group, new ClientMessageId("m" + i), Json.tree("text " + i))
                        .join());
    }

    private static List<Long> seqs(RawLink link) {
        return link.received(ServerFrame.Message.class).stream()
                .map(ServerFrame.Message::seq)
                .toList();
    }
}
