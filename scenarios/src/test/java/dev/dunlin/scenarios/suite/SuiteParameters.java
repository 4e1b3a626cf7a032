package dev.dunlin.scenarios.suite;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives scenarios one suite, started with the first of them and stopped after the last, and each of them names of its own. */
abstract class SuiteParameters implements ParameterResolver {
    /** Starts the suite. Blocks. */
    abstract Suite start();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Suite.class
                || parameter.getParameter().getType() == Names.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(Namespace.create(getClass()));
        if (parameter.getParameter().getType() == Names.class) {
            AtomicInteger count = store.computeIfAbsent("names", key -> new AtomicInteger(), AtomicInteger.class);
            return new Names(count.incrementAndGet());
        }
        return store.computeIfAbsent("suite", key -> start(), Suite.class);
    }
}
