package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.link.RawLink;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnStruckSuite
class PresenceIT {
    /** The lease of a node (15 s), the grace of a user (10 s), and time for a busy machine. */
    private static final Duration LEASE_AND_GRACE = Duration.ofSeconds(60);

    private final Suite suite;
    private final UserId alice;
    private final UserId bob;

    PresenceIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        suite.createGroup(names.group("seen"), alice, bob);
    }

    @Test
    void aWatchSeesBobComeAndAfterTheGraceGoWithTheTimeWhenHeWasLastSeen() throws IOException {
        try (RawLink one = suite.link(alice, suite.node(1))) {
            assertThat(watch(one, bob).status()).isEqualTo(Status.OFFLINE);
            RawLink two = suite.link(bob, suite.node(2));
            awaitChange(one, Status.ONLINE);
            assertThat(presenceOf(bob).status()).isEqualTo(Status.ONLINE);
            two.close();
            assertThat(awaitChange(one, Status.OFFLINE).lastSeen()).isNotNull();
            assertThat(presenceOf(bob).status()).isEqualTo(Status.OFFLINE);
            assertThat(presenceOf(bob).lastSeen()).isNotNull();
        }
    }

    @Test
    void aShortLossIsNotNoticed() throws IOException {
        try (RawLink one = suite.link(alice, suite.node(1));
                RawLink two = suite.link(bob, suite.node(2))) {
            awaitOnline(one);
            two.abort();
            try (RawLink back = suite.link(bob, suite.node(1))) {
                watch(one, alice); // whatever came before has come
                assertThat(presenceOf(bob).status()).isEqualTo(Status.ONLINE);
                assertThat(changesOf(one)).noneMatch(change -> change.status() == Status.OFFLINE);
                assertThat(back.isOpen()).isTrue();
            }
        }
    }

    @Test
    void theUsersOfAKilledNodeGoOfflineByThemselves() throws IOException {
        try (RawLink one = suite.link(alice, suite.node(1));
                RawLink two = suite.link(bob, suite.node(2))) {
            awaitOnline(one);
            suite.kill("connection-2");
            two.awaitClosed();
            await().atMost(LEASE_AND_GRACE)
                    .until(() -> changesOf(one).stream().anyMatch(change -> change.status() == Status.OFFLINE));
            assertThat(presenceOf(bob).status()).isEqualTo(Status.OFFLINE);
        } finally {
            suite.awaitHealthy();
        }
    }

    private void awaitOnline(RawLink watching) {
        if (watch(watching, bob).status() != Status.ONLINE) {
            awaitChange(watching, Status.ONLINE);
        }
    }

    private UserPresence watch(RawLink link, UserId user) {
        link.send(new ClientFrame.Presence(Ref.of("watch"), List.of(user), true));
        return link.await(ServerFrame.PresenceState.class).users().getFirst();
    }

    private UserPresence awaitChange(RawLink link, Status status) {
        ServerFrame.Presence frame = link.await(
                ServerFrame.Presence.class,
                presence -> presence.changes().stream()
                        .anyMatch(change -> change.user().equals(bob) && change.status() == status));
        return frame.changes().stream()
                .filter(change -> change.user().equals(bob))
                .findFirst()
                .orElseThrow();
    }

    private List<UserPresence> changesOf(RawLink link) {
        return link.received(ServerFrame.Presence.class).stream()
                .flatMap(frame -> frame.changes().stream())
                .filter(change -> change.user().equals(bob))
                .toList();
    }

    private UserPresence presenceOf(UserId user) {
        return suite.backEnd().presence(List.of(user)).join().getFirst();
    }
}
