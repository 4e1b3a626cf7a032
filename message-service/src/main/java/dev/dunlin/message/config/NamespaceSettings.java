package dev.dunlin.message.config;

import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.protocol.http.PresenceMode;
import dev.dunlin.protocol.http.PushMode;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the channels of each namespace do. The shipped ones stand in {@code application.properties};
 * add your own beside them.
 */
@ConfigMapping(prefix = "dunlin.namespaces")
public interface NamespaceSettings {
    /** By the name of the namespace, the part of a channel's name before the first colon. */
    @WithParentName
    Map<String, Namespace> byName();

    /** The policy of one namespace. */
    interface Namespace {
        /** Whether its channels are stored and numbered; an ephemeral one only carries signals. */
        @WithDefault("true")
        boolean durable();

        /** Who may read: {@code members}, or {@code open} for everybody. */
        @WithDefault("members")
        NamespacePolicy.Read read();

        /** Who may publish: {@code members}, {@code server} (back ends) or {@code anyone}. */
        @WithDefault("members")
        NamespacePolicy.Publish publish();

        /**
         * Whom users may add to channels: {@code anyone}, or {@code contacts}, who have written to
         * them in a direct channel. With {@code server} only back ends add others.
         */
        @WithDefault("anyone")
        NamespacePolicy.Invite invite();

        /**
         * Which events of a channel a member may read: {@code all}, or those since it
         * {@code joined}.
         */
        @WithDefault("all")
        NamespacePolicy.History history();

        /**
         * Who is shown to be in a channel: {@code members} who are online or entered, all
         * {@code subscribers}, only their {@code count}, or {@code none}. {@code true} and
         * {@code false}, from before, are {@code members} and {@code none}.
         */
        @WithDefault("none")
        @WithConverter(PresenceModeConverter.class)
        PresenceMode presence();

        /**
         * Whether the last signal of each user who is there is kept for those who subscribe later.
         * Only where {@code durable} is false and {@code presence} is {@code subscribers}.
         */
        @WithDefault("false")
        boolean last();

        /**
         * Of which messages offline members are notified, unless they choose otherwise:
         * {@code all}, those that mention them ({@code mentions}), or {@code none}. {@code true}
         * and {@code false}, from before, are {@code all} and {@code none}.
         */
        @WithDefault("none")
        @WithConverter(PushModeConverter.class)
        PushMode push();

        /** Whether a subscriber that is slow may be given the latest event only: for tickers. */
        @WithDefault("false")
        boolean conflate();

        /** Whether messages can be searched; the index costs the writer time for each. */
        @WithDefault("true")
        boolean search();

        /**
         * Whether its events are published to {@code channel.events}; by default where {@code push}
         * is not {@code none}. Must be true there, since push-service reads that topic.
         */
        Optional<Boolean> events();

        /** How long events are kept; for ever if absent. */
        Optional<Duration> retention();

        /** The most bytes of a message's data. */
        @WithDefault("65536")
        int maxMessageBytes();
    }
}
