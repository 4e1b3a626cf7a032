package dev.dunlin.connection.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.connection.fake.MemoryBus;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MembershipList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissedNoticesTest {
    private static final int USERS = 8;
    private static final ChannelName ROOM = new ChannelName("room:lobby");

    private final ManualLoop loop = new ManualLoop();
    private final CountingMetrics metrics = new CountingMetrics();
    private final BusSubscriptions busSubscriptions = new BusSubscriptions(new MemoryBus(), metrics);
    private final Directory directory = new Directory();
    private final List<UserNotice> heard = new ArrayList<>();

    /** Everybody is a member of one channel. */
    private static final class Directory implements ChannelDirectory {
        private boolean unreachable;
        private int calls;

        @Override
        public CompletionStage<ChannelAccess> access(ChannelName channel, Identity identity) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<MembershipList> memberships(UserId user) {
            calls++;
            return unreachable
                    ? CompletableFuture.failedFuture(new RefusedException(ErrorCode.UNAVAILABLE, "away"))
                    : CompletableFuture.completedFuture(
                            new MembershipList(List.of(new ServerFrame.Membership(ROOM, new Epoch("e1"), 1, 0, 0))));
        }
    }

    private record Recording(UserId user, List<UserNotice> heard) implements NoticeReceiver {
        @Override
        public void notice(UserNotice notice) {
            heard.add(notice);
        }

        @Override
        public boolean followsMemberships() {
            return true;
        }
    }

    @BeforeEach
    void watch() {
        new MissedNotices(busSubscriptions, directory, loop, new Random(1), metrics).start();
        for (int user = 0; user < USERS; user++) {
            var unused = UserWatch.start(new UserId("u" + user), busSubscriptions, loop);
        }
        loop.run();
        busSubscriptions.receivers(UserWatch.class).forEach(watch -> watch.bind(new Recording(watch.user(), heard)));
        loop.run();
    }

    @Test
    void everyUserIsAskedForOnceHoweverOftenTheBusIsLost() {
        busSubscriptions.reconnected();
        busSubscriptions.reconnected();
        loop.pass(Duration.ofMillis(500));
        assertThat(directory.calls).isEqualTo(USERS);
        assertThat(heard).hasSize(USERS).containsOnly(new UserNotice.Joined(ROOM));
    }

    @Test
    void callsThatFailTogetherMakeThePauseGrowOnce() {
        directory.unreachable = true;
        busSubscriptions.reconnected();
        loop.pass(Duration.ofMillis(500));
        loop.pass(Duration.ofMillis(250));
        assertThat(directory.calls).isEqualTo(2 * USERS);
        directory.unreachable = false;
        loop.pass(Duration.ofMillis(500));
        assertThat(heard).hasSize(USERS).containsOnly(new UserNotice.Joined(ROOM));
    }
}
