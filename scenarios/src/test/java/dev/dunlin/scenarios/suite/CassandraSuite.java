package dev.dunlin.scenarios.suite;

import dev.dunlin.localstack.Store;
import dev.dunlin.localstack.testing.CassandraTests;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a scenario a suite on Cassandra. Without a Java 17 it is skipped, loudly, or fails where that is wanted. */
public final class CassandraSuite implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(CassandraSuite.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return CassandraTests.canRun()
                ? ConditionEvaluationResult.enabled("there is a Java 17")
                : ConditionEvaluationResult.disabled("there is no Java 17");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Suite.class
                || parameter.getParameter().getType() == Names.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        if (parameter.getParameter().getType() == Names.class) {
            AtomicInteger count = store.computeIfAbsent("names", key -> new AtomicInteger(), AtomicInteger.class);
            return new Names(count.incrementAndGet());
        }
        return store.computeIfAbsent("suite", key -> Suite.start("cassandra", Store.CASSANDRA), Suite.class);
    }
}
