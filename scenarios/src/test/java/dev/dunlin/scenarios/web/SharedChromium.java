package dev.dunlin.scenarios.web;

import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the browser that all of them share, with no tab of another test in it. Skips them
 * where there is none.
 */
final class SharedChromium implements BeforeAllCallback, ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedChromium.class);
    private static final String KEY = "chromium";

    // Here and not where the parameter is resolved, which would make a failure of a skip.
    @Override
    public void beforeAll(ExtensionContext context) {
        store(context).computeIfAbsent(KEY, key -> HeadlessChromium.start(), HeadlessChromium.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == HeadlessChromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return chromium(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        chromium(context).browser().contexts().forEach(tab -> tab.close());
    }

    private static HeadlessChromium chromium(ExtensionContext context) {
        return Objects.requireNonNull(store(context).get(KEY, HeadlessChromium.class));
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE);
    }
}
