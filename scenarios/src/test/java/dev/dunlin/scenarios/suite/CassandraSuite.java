package dev.dunlin.scenarios.suite;

import dev.dunlin.engines.Store;
import dev.dunlin.engines.testing.CassandraTests;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A suite on Cassandra. Without a Java 17 its scenarios are skipped, loudly, or fail where that is
 * wanted.
 */
public final class CassandraSuite extends SuiteParameters implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return CassandraTests.canRun()
                ? ConditionEvaluationResult.enabled("there is a Java 17")
                : ConditionEvaluationResult.disabled("there is no Java 17");
    }

    @Override
    boolean servesOneClass() {
        return true;
    }

    @Override
    Suite start() {
        return Suite.start("cassandra", Store.CASSANDRA);
    }
}
