package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.DunlinClient;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.CassandraSuite;
import dev.dunlin.scenarios.suite.Heard;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.Suite;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole suite with its messages in Cassandra. */
@ExtendWith(CassandraSuite.class)
@Order(2)
class CassandraIT extends Publishing {
    CassandraIT(Suite suite, Names names) {
        super(suite, names);
    }

    @Test
    void killingMessageServiceInTheMiddleOfPublishingLosesNothingAndDoublesNothing() {
        publishWhileKilling("message-service");
    }

    @Test
    void killingCassandraInTheMiddleOfPublishingLosesNothingAndDoublesNothing() {
        publishWhileKilling("cassandra");
    }

    @Test
    void historyIsPagedAndAResumeGetsExactlyWhatItMissed() {
        publish(1, 25);
        List<Long> firstPage = suite.rest(bob).messagesAfter(group, 0, 10).join().messages().stream()
                .map(ServerFrame.Message::seq)
                .toList();
        assertThat(firstPage).isEqualTo(LongStream.rangeClosed(1, 10).boxed().toList());
        Epoch epoch = suite.rest(bob).events(group, 0).join().epoch();
        Heard heard = new Heard();
        try (DunlinClient client = suite.clientAtNode(2, bob, heard)) {
            client.connect().join();
            ServerFrame.Subscribed subscribed =
                    client.subscribe(group, new StreamPosition(epoch, 7)).join();
            assertThat(subscribed.recovered()).isTrue();
            await().atMost(Suite.DEADLINE).until(() -> heard.seqs(group).size() == 18);
            publish(26, 28);
            await().atMost(Suite.DEADLINE).until(() -> heard.seqs(group).size() == 21);
        }
        assertThat(heard.seqs(group))
                .isEqualTo(LongStream.rangeClosed(8, 28).boxed().toList());
    }

    private void publish(int from, int to) {
        for (int i = from; i <= to; i++) {
            suite.rest(alice)
                    .publish(group, new ClientMessageId("p" + i), Json.tree("text " + i))
                    .join();
        }
    }
}
