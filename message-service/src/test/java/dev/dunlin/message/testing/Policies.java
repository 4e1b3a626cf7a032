package dev.dunlin.message.testing;

import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.NamespacePolicy.Publish;
import dev.dunlin.message.namespace.NamespacePolicy.Read;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.protocol.http.PresenceMode;
import dev.dunlin.protocol.http.PushMode;
import java.time.Duration;
import java.util.Map;

/** The shipped namespaces, with a small limit, and {@code brief}, which keeps an hour. */
public final class Policies {
    /** The most bytes of a message's data. */
    public static final int MOST_BYTES = 100;

    /** The limit of the namespace {@code large}, as a running service has it. */
    private static final int LARGEST_BYTES = 65_536;

    private Policies() {}

    public static Namespaces shipped() {
        return new Namespaces(Map.of(
                "dm", policy("dm", true, Read.MEMBERS, Publish.MEMBERS),
                "group", policy("group", true, Read.MEMBERS, Publish.MEMBERS),
                "room", policy("room", true, Read.OPEN, Publish.ANYONE),
                "live", policy("live", true, Read.OPEN, Publish.SERVER),
                "brief",
                        new NamespacePolicy(
                                "brief",
                                true,
                                Read.OPEN,
                                Publish.ANYONE,
                                PresenceMode.NONE,
                                PushMode.NONE,
                                Duration.ofHours(1),
                                MOST_BYTES),
                "large",
                        new NamespacePolicy(
                                "large",
                                true,
                                Read.OPEN,
                                Publish.ANYONE,
                                PresenceMode.MEMBERS,
                                PushMode.ALL,
                                null,
                                LARGEST_BYTES),
                "late",
                        new NamespacePolicy(
                                "late",
                                true,
                                Read.MEMBERS,
                                Publish.MEMBERS,
                                PresenceMode.NONE,
                                PushMode.NONE,
                                false,
                                true,
                                false,
                                null,
                                MOST_BYTES,
                                NamespacePolicy.Invite.ANYONE,
                                NamespacePolicy.History.JOINED,
                                false),
                "signal", policy("signal", false, Read.OPEN, Publish.ANYONE)));
    }

    private static NamespacePolicy policy(String name, boolean durable, Read read, Publish publish) {
        return new NamespacePolicy(
                name,
                durable,
                read,
                publish,
                durable ? PresenceMode.MEMBERS : PresenceMode.NONE,
                PushMode.ALL,
                null,
                MOST_BYTES);
    }
}
