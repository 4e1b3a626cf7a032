package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import dev.dunlin.message.command.StoreFailure;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.protocol.Epoch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The connection to the cluster. It connects in the background until it succeeds, so a service may
 * start before its store. Thread-safe.
 */
final class Connection implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Connection.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** The thread that connects may have no context class loader. */
    private static final ClassLoader DRIVER = CqlSession.class.getClassLoader();

    private final CassandraOptions options;
    private final CompletableFuture<Connected> connected = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String reason = "nobody has answered";

    private Connection(CassandraOptions options) {
        this.options = options;
    }

    /** A session, how its keyspace is cut, and the epoch of the first numbering of its channels. */
    record Connected(CqlSession session, Buckets buckets, Epoch first) {}

    /** Begins to connect, and returns at once. */
    static Connection open(CassandraOptions options) {
        Connection connection = new Connection(options);
        Thread.ofVirtual().name("cassandra connect").start(connection::connect);
        return connection;
    }

    /**
     * The session. Waits for it as long as a request may take, then throws {@link StoreFailure}.
     */
    Connected require() {
        try {
            return connected.get(options.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StoreFailure("Cassandra was not reached yet: " + reason, e);
        } catch (ExecutionException e) {
            throw new StoreFailure("Cassandra: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure("interrupted while waiting for Cassandra", e);
        }
    }

    private void connect() {
        try {
            do {
                if (tryToConnect()) {
                    return;
                }
            } while (!closed.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryToConnect() {
        CqlSession session;
        try {
            session = builder().build();
        } catch (RuntimeException e) {
            reason = UnreachableReason.of(e);
            LOG.warnf("Cassandra is unreachable, trying again: %s", reason);
            return false;
        }
        try {
            Schema schema = new Schema(session, options);
            Buckets buckets = schema.ensure();
            Epoch first = ChannelState.epoch(schema.birth());
            LOG.infof("Cassandra: keyspace %s at %s", options.keyspace(), options.contactPoints());
            connected.complete(new Connected(session, buckets, first));
            if (closed.getCount() == 0) {
                session.close();
            }
            return true;
        } catch (Schema.Unknown | QueryValidationException hopeless) {
            // Nothing that time mends: to try again would hide it.
            LOG.errorf("Cassandra: keyspace %s cannot be used: %s", options.keyspace(), hopeless.getMessage());
            session.close();
            connected.completeExceptionally(hopeless);
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("Cassandra is not ready, trying again: %s", e.getMessage());
            session.close();
            return false;
        }
    }

    private CqlSessionBuilder builder() {
        CqlSessionBuilder builder = CqlSession.builder()
                .withClassLoader(DRIVER)
                .addContactPoints(options.contactPoints())
                .withLocalDatacenter(options.localDatacenter())
                .withConfigLoader(configuration());
        CassandraOptions.Credentials credentials = options.credentials();
        if (credentials != null) {
            builder.withAuthCredentials(credentials.user(), credentials.password());
        }
        CassandraOptions.Tls tls = options.tls();
        if (tls != null) {
            builder.withSslEngineFactory(new TlsEngines(tls));
        }
        return builder;
    }

    private DriverConfigLoader configuration() {
        return DriverConfigLoader.programmaticBuilder(DRIVER)
                .withString(DefaultDriverOption.SESSION_NAME, "message-service")
                .withString(
                        DefaultDriverOption.REQUEST_CONSISTENCY,
                        options.consistency().name())
                .withString(
                        DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY,
                        options.consistency() == ConsistencyLevel.LOCAL_QUORUM ? "LOCAL_SERIAL" : "SERIAL")
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, options.requestTimeout())
                // Every write carries its own timestamp: to repeat it changes nothing.
                .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
                .withStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(options.keyspace()))
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, 2)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
                .withString(DefaultDriverOption.METRICS_FACTORY_CLASS, "NoopMetricsFactory")
                .withBoolean(DefaultDriverOption.TIMESTAMP_GENERATOR_FORCE_JAVA_CLOCK, true)
                .build();
    }

    @Override
    public void close() {
        closed.countDown();
        if (connected.isDone() && !connected.isCompletedExceptionally()) {
            connected.join().session().close();
        }
    }
}
