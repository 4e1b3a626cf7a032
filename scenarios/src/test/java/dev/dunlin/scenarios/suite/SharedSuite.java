package dev.dunlin.scenarios.suite;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a scenario the suite that all of them share: started with the first, stopped after the last. */
public final class SharedSuite implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedSuite.class);

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
        return store.computeIfAbsent("suite", key -> Suite.start("shared"), Suite.class);
    }
}
