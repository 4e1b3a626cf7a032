package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.catchup.Replay;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.connection.fake.OpenDirectory;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionKey;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.frame.Device;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A client that resumes many channels at once and takes nothing costs a few pages, not one for
 * each.
 */
class ManyResumesTest {
    private static final int CHANNELS = 30;

    private final HubFixture hub = new HubFixture();
    private final OpenDirectory directory = new OpenDirectory();
    private final MemoryLink link = new MemoryLink(hub.loop);
    private final Session session = new Session(
            new SessionKey(0, 1),
            new Identity(new UserId("bob"), new TokenGrants(false, List.of()), 0, Long.MAX_VALUE),
            Device.WEB,
            link,
            new Outbox(link, 4_000, hub.metrics));
    private final SessionSubscriptions subscriptions = new SessionSubscriptions(
            session,
            new SubscriptionContext(
                    hub.hub,
                    hub.loop,
                    directory,
                    new SubscriptionLimits(CHANNELS, 1_000, 400, new Replay.Patience(6, Duration.ofMillis(50))),
                    SubscriptionListener.NONE,
                    hub.metrics));

    @Test
    void stalledClientHasFourReplaysAtMostAndInTheEndGetsAll() {
        hub.log.head(9);
        directory.head(9);
        link.room(0);
        for (int i = 0; i < CHANNELS; i++) {
            ChannelName channel = new ChannelName("room:" + i);
            subscriptions.handle(ClientFixture.frame(channel, new StreamPosition(null, 2)));
            hub.loop.run();
            hub.bus.confirm(BusChannel.ofChannel(channel));
            hub.loop.run();
        }
        int opened = CHANNELS; // a channel that is opened asks for a page, too
        assertThat(hub.metrics.pages.get() + hub.metrics.shared.get()).isLessThan(opened + CHANNELS / 2);
        assertThat(link.closed()).isNull();
        link.room(Integer.MAX_VALUE);
        session.outbox().flush();
        hub.loop.run();
        assertThat(link.sent().stream().filter(frame -> frame.contains("\"message\"")))
                .hasSize(CHANNELS * 7);
    }
}
