package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How Cassandra is reached.
 *
 * @param replication the keyspace's, as CQL has it; used only when the keyspace is made
 * @param consistency of every read and write; it must make a read see the newest write: QUORUM or
 *     LOCAL_QUORUM, or ALL
 * @param requestTimeout how long one request may take, and how long one waits for its turn
 * @param tls null for a connection without encryption
 * @param inFlight the most requests of this process at a time
 * @param bucketSize of a keyspace that is made
 */
public record CassandraOptions(
        List<InetSocketAddress> contactPoints,
        String localDatacenter,
        String keyspace,
        String replication,
        ConsistencyLevel consistency,
        Duration requestTimeout,
        int inFlight,
        @Nullable Credentials credentials,
        @Nullable Tls tls,
        long bucketSize) {
    /** Seqs to a bucket unless somebody says otherwise. */
    public static final long USUAL_BUCKET = Buckets.USUAL;

    public CassandraOptions {
        contactPoints = List.copyOf(contactPoints);
    }

    /**
     * How the connection is secured.
     *
     * @param context the certificates that it trusts, and its own
     * @param verifyHostName whether a node's certificate must name the address by which it is
     *     reached
     */
    public record Tls(SSLContext context, boolean verifyHostName) {}

    /** The user that message-service is to Cassandra. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }
}
