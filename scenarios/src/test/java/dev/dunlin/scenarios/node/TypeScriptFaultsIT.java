package dev.dunlin.scenarios.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.Checkout;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.fault.Blow;
import dev.dunlin.scenarios.fault.Direction;
import dev.dunlin.scenarios.fault.FaultProxy;
import dev.dunlin.scenarios.node.NodeClients.Running;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedDoubledSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The TypeScript client as its users have it, in Node, through a network that fails. */
@OnSharedDoubledSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypeScriptFaultsIT {
    private final Suite suite;
    private Optional<NodeClients> node = Optional.empty();
    private Optional<Path> built = Optional.empty();

    TypeScriptFaultsIT(Suite suite) {
        this.suite = suite;
    }

    @BeforeAll
    void install() throws IOException {
        node = NodeClients.install();
        Path module = Checkout.fromSystemProperty().root().resolve("clients/typescript/dist/index.js");
        built = Files.exists(module)
                ? Optional.of(module)
                : NodeClients.lack("the TypeScript client is not built (clients/web does it, with npm)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "sse", "poll"})
    void eachSeqIsSurfacedOnceAndInOrderWhateverTheNetworkDoes(String transport, Names names) throws IOException {
        Assumptions.assumeTrue(node.isPresent() && built.isPresent(), "there is no Node or no built client");
        ChannelName room = names.room("typescript");
        UserId bob = names.user("bob");
        try (FaultProxy network = FaultProxy.before(suite.gateway());
                Running client = node.orElseThrow()
                        .sdk(
                                network.origin(),
                                suite.stack().userToken(bob.value()),
                                room,
                                transport,
                                built.orElseThrow())) {
            client.find("subscribed");
            publish(names, room, 1, 3);
            assertThat(client.seqs(3)).containsExactly(1L, 2L, 3L);
            network.strike(Direction.DOWN, Blow.HALVE_AND_RESET);
            publish(names, room, 4, 6);
            network.cut(false);
            publish(names, room, 7, 9);
            assertThat(client.seqs(6))
                    .isEqualTo(LongStream.rangeClosed(4, 9).boxed().toList());
            // It is connected again, so the proxy swallows a link that works, and not an attempt to
            // connect.
            if (!transport.equals("poll")) { // whose answers may take half a minute
                network.swallow(List.of(Direction.values()));
            }
            publish(names, room, 10, 12);
            assertThat(client.seqs(3)).containsExactly(10L, 11L, 12L);
        }
    }

    private void publish(Names names, ChannelName room, int from, int to) {
        for (int i = from; i <= to; i++) {
            suite.rest(names.user("alice"))
                    .publish(room, new ClientMessageId("m" + i), Json.tree("text"))
                    .join();
        }
    }
}
