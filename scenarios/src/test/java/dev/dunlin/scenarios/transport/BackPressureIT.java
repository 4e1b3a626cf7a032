package dev.dunlin.scenarios.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.link.RawLink;
import dev.dunlin.client.rest.HistoryPage;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.DoubledSuite;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnDoubledSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log stops while many publish: who publishes too much has to wait, and nothing is lost. */
@OnDoubledSuite
class BackPressureIT {
    private static final List<String> MESSAGE_SERVICES = List.of("message-service", "message-service-2");
    private static final int LINKS = 24;
    /**
     * Twice that is fewer than the 100 that a session may publish in a second: all messages of one
     * link may be refused, and are published again.
     */
    private static final int EACH = 48;

    private static final int TOO_MANY = LINKS * EACH - DoubledSuite.UNANSWERED;

    private final Suite suite;
    private final Names names;
    private final ChannelName room;
    private final List<RawLink> links = new ArrayList<>();

    BackPressureIT(Suite suite, Names names) {
        this.suite = suite;
        this.names = names;
        this.room = names.room("behind");
    }

    @AfterEach
    void heal() throws InterruptedException {
        resume();
        links.forEach(RawLink::close);
        suite.awaitHealthy();
    }

    @Test
    void aLogThatIsBehindRefusesPublishersAndLosesNothing() throws Exception {
        connect();
        for (String process : MESSAGE_SERVICES) {
            suite.stack().suspend(process);
        }
        for (int n = 0; n < LINKS * EACH; n++) {
            publish(n);
        }
        await().atMost(Suite.DEADLINE).untilAsserted(() -> assertThat(refused()).hasSize(TOO_MANY));
        assertThat(links).allMatch(RawLink::isOpen);
        assertThat(acked()).isEmpty();
        Set<Integer> refused = numbers(refused());

        resume();
        await().atMost(Suite.DEADLINE).untilAsserted(() -> assertThat(acked()).hasSize(DoubledSuite.UNANSWERED));
        assertThat(refused()).hasSize(TOO_MANY);
        assertThat(acked()).doesNotContainAnyElementsOf(refused);
        assertThat(stored()).isEqualTo(acked());

        refused.forEach(this::publish);
        await().atMost(Suite.DEADLINE).untilAsserted(() -> {
            assertThat(refused()).as("none refused again").hasSize(TOO_MANY);
            assertThat(acked()).hasSize(LINKS * EACH);
        });
        assertThat(stored()).isEqualTo(acked());
    }

    private void connect() throws IOException {
        for (int i = 0; i < LINKS; i++) {
            links.add(suite.link(names.user("speaker-" + i), suite.node(1)));
        }
    }

    private void publish(int number) {
        links.get(number % LINKS)
                .send(new ClientFrame.Publish(
                        Ref.of(number), room, new ClientMessageId("m" + number), Json.tree(number), null));
    }

    private List<ServerFrame.ErrorReply> refused() {
        List<ServerFrame.ErrorReply> refusals = links.stream()
                .flatMap(link -> link.received(ServerFrame.ErrorReply.class).stream())
                .toList();
        assertThat(refusals).allSatisfy(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
            assertThat(refusal.retryable()).isTrue();
            assertThat(refusal.retryAfterMs()).isBetween(500L, 5_000L);
        });
        return refusals;
    }

    private Set<Integer> acked() {
        Set<Integer> numbers = new HashSet<>();
        for (RawLink link : links) {
            link.received(ServerFrame.Ack.class).forEach(ack -> numbers.add(number(ack.ref())));
        }
        return numbers;
    }

    private static Set<Integer> numbers(List<ServerFrame.ErrorReply> refusals) {
        Set<Integer> numbers = new HashSet<>();
        refusals.forEach(refusal -> numbers.add(number(refusal.ref())));
        return numbers;
    }

    private static int number(@Nullable Ref ref) {
        return Objects.requireNonNull(ref, "a reply to a frame with a ref")
                .value()
                .asInt();
    }

    private Set<Integer> stored() {
        UserId reader = names.user("speaker-0");
        Set<Integer> numbers = new HashSet<>();
        HistoryPage page = suite.rest(reader).messagesAfter(room, 0, 200).join();
        while (!page.messages().isEmpty()) {
            page.messages().forEach(message -> numbers.add(message.data().asInt()));
            page = suite.rest(reader)
                    .messagesAfter(room, page.messages().getLast().seq(), 200)
                    .join();
        }
        return numbers;
    }

    private void resume() throws InterruptedException {
        for (String process : MESSAGE_SERVICES) {
            suite.stack().resume(process);
        }
    }
}
