package dev.dunlin.push.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.preference.Notify;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CachedChannelsTest {
    private static final UserId ALICE = new UserId("alice");
    private static final Duration LIFE = Duration.ofMinutes(1);

    private Instant now = Instant.EPOCH;
    private @Nullable Notify policy = Notify.NONE;
    private final CachedChannels channels = new CachedChannels(new Answers(), LIFE, clock());

    @Test
    void aSilentNamespaceIsKnownOnceItWasAskedForAndAsLongAsTheAnswerLives() {
        assertThat(channels.knownSilent(new ChannelName("room:a"))).isFalse();

        channels.policy(new ChannelName("room:a"), ALICE);

        assertThat(channels.knownSilent(new ChannelName("room:b"))).isTrue();
        assertThat(channels.knownSilent(new ChannelName("group:b"))).isFalse();
        now = now.plus(LIFE);
        assertThat(channels.knownSilent(new ChannelName("room:b"))).isFalse();
    }

    @Test
    void aNamespaceThatNotifiesOrIsGoneIsNotSilent() {
        policy = Notify.ALL;
        channels.policy(new ChannelName("group:a"), ALICE);
        policy = null;
        channels.policy(new ChannelName("dm:alice:bob"), ALICE);

        assertThat(channels.knownSilent(new ChannelName("group:a"))).isFalse();
        assertThat(channels.knownSilent(new ChannelName("dm:alice:bob"))).isFalse();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    /** What message-service says. */
    private final class Answers implements Channels {
        @Override
        public Optional<Notify> policy(ChannelName channel, UserId sender) {
            return Optional.ofNullable(policy);
        }

        @Override
        public void eachPage(ChannelName channel, Consumer<List<UserId>> page) {}

        @Override
        public Map<ChannelName, Long> ofUser(UserId user) {
            return Map.of();
        }
    }
}
