package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import dev.dunlin.engines.testing.CassandraTests;
import dev.dunlin.engines.testing.TestEngines;
import dev.dunlin.message.command.StoreFailure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link CassandraStore} over a keyspace of this run with small buckets. Without a
 * Java 17 they are skipped, loudly, or fail where that is wanted.
 */
final class CassandraExtension implements ExecutionCondition, ParameterResolver {
    /**
     * Names another cluster to test on, {@code host:port}; by default it is the tests' own
     * Cassandra.
     */
    private static final String CLUSTER = "dunlin.test.cassandra";

    /** Small, so that a few events reach over several. */
    static final long BUCKET = 4;

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(CassandraExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return System.getProperty(CLUSTER) != null || CassandraTests.canRun()
                ? ConditionEvaluationResult.enabled("there is a Java 17")
                : ConditionEvaluationResult.disabled("there is no Java 17");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CassandraStore.class;
    }

    @Override
    public CassandraStore resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(CassandraStore.class, type -> open(), CassandraStore.class);
    }

    private static CassandraStore open() {
        String given = System.getProperty(CLUSTER);
        String contactPoint = given == null ? TestEngines.join().cassandraContactPoint() : given;
        int colon = contactPoint.lastIndexOf(':');
        CassandraStore store = CassandraStore.open(new CassandraOptions(
                List.of(new InetSocketAddress(
                        contactPoint.substring(0, colon), Integer.parseInt(contactPoint.substring(colon + 1)))),
                "datacenter1",
                "test_" + UUID.randomUUID().toString().replace("-", ""),
                "{'class': 'SimpleStrategy', 'replication_factor': 1}",
                DefaultConsistencyLevel.LOCAL_QUORUM,
                Duration.ofSeconds(10),
                256,
                null,
                null,
                BUCKET));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptionsInstanceOf(StoreFailure.class)
                .untilAsserted(store::ping);
        return store;
    }
}
