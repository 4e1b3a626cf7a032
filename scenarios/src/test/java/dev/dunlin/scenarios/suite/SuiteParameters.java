package dev.dunlin.scenarios.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives scenarios their parameters. One suite starts with the first scenario and stops after the
 * last one of the run. The ways to it are open while a class runs. Each scenario gets names that no
 * other has.
 */
abstract class SuiteParameters implements ParameterResolver {
    /** Starts the suite. Blocks. */
    abstract Suite start();

    /** Whether only one class uses the suite, which then stops with the class. */
    boolean servesOneClass() {
        return false;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Suite.class || type == Names.class || type == Ways.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(Namespace.create(getClass()));
        if (parameter.getParameter().getType() == Names.class) {
            AtomicInteger count = store.computeIfAbsent("names", key -> new AtomicInteger(), AtomicInteger.class);
            return new Names(count.incrementAndGet());
        }
        ExtensionContext.Store suites =
                servesOneClass() ? ofClass(context).getStore(Namespace.create(getClass())) : store;
        Suite suite = suites.computeIfAbsent("suite", key -> start(), Suite.class);
        return parameter.getParameter().getType() == Ways.class
                ? ofClass(context)
                        .getStore(Namespace.create(getClass()))
                        .computeIfAbsent("ways", key -> ways(suite), Ways.class)
                : suite;
    }

    /** Its store closes what it holds when the class has run. */
    private static ExtensionContext ofClass(ExtensionContext context) {
        return context.getTestMethod().isEmpty()
                ? context
                : ofClass(context.getParent().orElseThrow());
    }

    private static Ways ways(Suite suite) {
        try {
            return new Ways(suite);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
