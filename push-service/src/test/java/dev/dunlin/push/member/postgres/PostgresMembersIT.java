package dev.dunlin.push.member.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.DeviceLimits;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.postgres.PostgresDevices;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.member.Members.Change;
import dev.dunlin.push.member.Recipient;
import dev.dunlin.push.postgres.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresMembersIT {
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final ChannelName OPS = new ChannelName("group:ops");
    private static final Epoch EPOCH = new Epoch("e1");
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");

    private static final DeviceLimits LIMITS = new DeviceLimits(5, 100_000, 20, Duration.ofDays(1));

    private TestDatabase world = TestDatabase.empty("push_members");
    private PostgresMembers members = new PostgresMembers(world.database());
    private PostgresDevices devices = new PostgresDevices(world.database(), LIMITS);

    @BeforeEach
    void emptyDatabase() throws IOException, SQLException {
        world = TestDatabase.fresh("push_members");
        members = new PostgresMembers(world.database());
        devices = new PostgresDevices(world.database(), LIMITS);
    }

    @Test
    void onlyMembersWithDevicesAreStoredAndAllTheirDevicesFound() {
        device(ALICE, "https://one.example:8443/a");
        device(ALICE, "https://two.example/b");
        members.store(ENG, List.of(ALICE, BOB), 1);
        List<Recipient> found = members.recipients(List.of(ENG, OPS)).get(ENG);
        assertThat(found).singleElement().satisfies(alice -> {
            assertThat(alice.user()).isEqualTo(ALICE);
            assertThat(alice.devices())
                    .extracting(Recipient.Reached::origin)
                    .containsExactlyInAnyOrder("https://one.example:8443", "https://two.example");
        });
    }

    @Test
    void aChannelIsLoadedInOneEpochAndForgetsTheMembersOfAnother() {
        device(ALICE, "https://one.example/");
        members.begin(ENG, EPOCH);
        members.store(ENG, List.of(ALICE), 9);
        assertThat(members.loaded(Map.of(ENG, EPOCH))).isEmpty();
        members.finish(ENG, EPOCH);
        assertThat(members.loaded(Map.of(ENG, EPOCH, OPS, EPOCH))).containsExactly(ENG);
        assertThat(members.loaded(Map.of(ENG, new Epoch("e2")))).isEmpty();
        members.begin(ENG, new Epoch("e2"));
        members.finish(ENG, new Epoch("e2"));
        assertThat(members.recipients(List.of(ENG))).isEmpty();
    }

    @Test
    void whatIsOlderThanWhatIsKnownChangesNothing() {
        device(ALICE, "https://one.example/");
        members.change(List.of(new Change(ENG, ALICE, 5, false)));
        assertThat(members.recipients(List.of(ENG)).get(ENG)).hasSize(1);
        members.change(List.of(new Change(ENG, ALICE, 7, true)));
        members.change(List.of(new Change(ENG, ALICE, 6, false)));
        members.store(ENG, List.of(ALICE), 6);
        members.store(ALICE, Map.of(ENG, 6L));
        assertThat(members.recipients(List.of(ENG))).isEmpty();
        members.store(ALICE, Map.of(ENG, 8L));
        assertThat(members.recipients(List.of(ENG)).get(ENG)).hasSize(1);
    }

    @Test
    void whoRegistersADeviceIsLoadedOnce() {
        device(ALICE, "https://one.example/");
        assertThat(members.notLoaded(10)).containsExactly(ALICE);
        assertThat(members.follow(ALICE)).isFalse();
        members.store(ALICE, Map.of(ENG, 3L, OPS, 4L));
        assertThat(members.follow(ALICE)).isTrue();
        assertThat(members.notLoaded(10)).isEmpty();
        assertThat(members.recipients(List.of(ENG, OPS))).containsOnlyKeys(ENG, OPS);
        assertThat(members.follow(BOB)).isFalse();
        assertThat(members.notLoaded(10))
                .as("without a device nobody is loaded")
                .isEmpty();
    }

    @Test
    void theTwoOfADirectChannelAreInItsName() {
        device(ALICE, "https://one.example/");
        ChannelName direct = new ChannelName("dm:alice:bob");
        assertThat(members.recipients(List.of(direct)).get(direct))
                .extracting(Recipient::user)
                .containsExactly(ALICE);
    }

    @Test
    void aDisabledDeviceIsNotReachedAndPreferencesThatCannotBeReadCountAsNone() throws SQLException {
        device(ALICE, "https://one.example/");
        device(BOB, "https://one.example/");
        members.store(ENG, List.of(ALICE, BOB), 1);
        world.execute("update device set disabled_at = now() where user_id = 'alice'");
        world.execute("update push_user set prefs = '{\"push\":\"sometimes\"}' where user_id = 'bob'");
        assertThat(members.recipients(List.of(ENG)).get(ENG)).singleElement().satisfies(bob -> {
            assertThat(bob.user()).isEqualTo(BOB);
            assertThat(bob.preferences().push()).isNull();
        });
    }

    private void device(UserId user, String url) {
        members.follow(user);
        Target.Reachable target = new Target.Webhook(Endpoint.of(url), "secret");
        devices.register(user, target, Optional.of(Prefs.NONE), Instant.EPOCH);
    }
}
