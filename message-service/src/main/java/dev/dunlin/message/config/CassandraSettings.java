package dev.dunlin.message.config;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import dev.dunlin.message.cassandra.CassandraOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How Cassandra is reached; used with {@code dunlin.store=cassandra} only. */
@ConfigMapping(prefix = "dunlin.cassandra")
public interface CassandraSettings {
    /** Some nodes of the cluster, {@code host:port} each; the others are found through them. */
    @WithDefault("127.0.0.1:9042")
    List<String> contactPoints();

    /** The data centre of this process, as Cassandra names it. */
    @WithDefault("datacenter1")
    String localDatacenter();

    /** Made at the first start, with its tables. */
    @WithDefault("dunlin")
    String keyspace();

    /**
     * Of a keyspace that is made, as CQL has it. For more than one node: {@code {'class':
     * 'NetworkTopologyStrategy', 'dc1': 3}}.
     */
    @WithDefault("{'class': 'SimpleStrategy', 'replication_factor': 1}")
    String replication();

    /**
     * Of every read and write: {@code local_quorum}, {@code quorum} (more than one data centre
     * writes), or {@code all}. Less would lose acknowledged messages.
     */
    @WithDefault("local_quorum")
    Consistency consistency();

    /** How long a request may take, and how long it may wait for its turn; at most a minute. */
    @WithDefault("5s")
    Duration requestTimeout();

    /** The most requests of this process that are under way; more wait. */
    @WithDefault("256")
    int maxRequests();

    /** The user, where Cassandra asks for one. */
    Optional<String> username();

    /** Goes with the user. */
    Optional<String> password();

    /** How the connection is secured. */
    Tls tls();

    /** TLS towards Cassandra. The files are read at the start. */
    interface Tls {
        /** Whether to connect with TLS. */
        @WithParentName
        @WithDefault("false")
        boolean enabled();

        /**
         * A file (PKCS 12 or JKS) with the certificates that are trusted; what the JVM trusts if
         * absent.
         */
        Optional<Path> trustStore();

        /** Opens the trust store. */
        Optional<String> trustStorePassword();

        /**
         * A file (PKCS 12 or JKS) with a certificate and its key to show, where Cassandra asks for
         * one.
         */
        Optional<Path> keyStore();

        /** Opens the key store and its key. */
        Optional<String> keyStorePassword();

        /**
         * Whether a node's certificate must name the contact point, or the address by which the
         * cluster knows the node.
         */
        @WithDefault("true")
        boolean verifyHostName();
    }

    /** How many replicas a request waits for. */
    enum Consistency {
        LOCAL_QUORUM,
        QUORUM,
        ALL;

        private ConsistencyLevel level() {
            return DefaultConsistencyLevel.valueOf(name());
        }
    }

    /** The same, checked. Throws {@link ConfigurationException}. */
    default CassandraOptions options() {
        return new CassandraOptions(
                contactPoints().stream().map(CassandraSettings::address).toList(),
                localDatacenter(),
                matching("dunlin.cassandra.keyspace", keyspace(), "[a-z][a-z0-9_]{0,47}"),
                matching("dunlin.cassandra.replication", replication(), "\\{[A-Za-z0-9_', :-]*}"),
                consistency().level(),
                Settings.within("dunlin.cassandra.request-timeout", requestTimeout(), Duration.ofMinutes(1)),
                Settings.positive("dunlin.cassandra.max-requests", maxRequests()),
                username()
                        .map(user -> new CassandraOptions.Credentials(
                                user,
                                password()
                                        .orElseThrow(() -> new ConfigurationException(
                                                "dunlin.cassandra.password: must be there when there is a username"))))
                        .orElse(null),
                CassandraTls.of(tls()),
                CassandraOptions.USUAL_BUCKET);
    }

    private static InetSocketAddress address(String contactPoint) {
        int colon = contactPoint.lastIndexOf(':');
        try {
            int port = Integer.parseInt(contactPoint.substring(colon + 1));
            if (colon > 0 && port > 0 && port < 65_536) {
                return InetSocketAddress.createUnresolved(contactPoint.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ConfigurationException("dunlin.cassandra.contact-points: must be host:port, and not " + contactPoint);
    }

    private static String matching(String key, String value, String pattern) {
        if (!value.matches(pattern)) {
            throw new ConfigurationException(key + ": must match " + pattern + ", and not be " + value);
        }
        return value;
    }
}
