package dev.dunlin.scenarios.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.fault.Direction;
import dev.dunlin.scenarios.fault.FaultProxy;
import dev.dunlin.scenarios.suite.Heard;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedDoubledSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Java SDK notices in time, by the server's heartbeat, that an open link carries nothing. */
@OnSharedDoubledSuite
class SilentLinkIT {
    private final Suite suite;

    SilentLinkIT(Suite suite) {
        this.suite = suite;
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"WEBSOCKET", "SSE"})
    void isReplacedSoonAndLosesNothing(Transport transport, Names names) throws IOException {
        Heard heard = new Heard();
        UserId bob = names.user("bob");
        ChannelName room = names.room("silence");
        try (FaultProxy network = FaultProxy.before(suite.gateway());
                DunlinClient client = suite.clients(bob, network.origin(), heard)
                        .transports(Set.of(transport))
                        .build()) {
            client.connect().join();
            client.subscribe(room).join();
            publish(names, room, 1);
            await().atMost(Suite.DEADLINE).until(() -> heard.seqs(room).equals(List.of(1L)));
            network.swallow(List.of(Direction.values()));
            publish(names, room, 2);
            await().atMost(Duration.ofSeconds(30)).until(() -> heard.seqs(room).size() > 1);
            assertThat(heard.seqs(room)).containsExactly(1L, 2L);
        }
    }

    private void publish(Names names, ChannelName room, int number) {
        suite.rest(names.user("alice"))
                .publish(room, new ClientMessageId("m" + number), Json.tree("text"))
                .join();
    }
}
