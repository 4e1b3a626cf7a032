package dev.dunlin.scenarios.web;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test the browser that all of them share, with no tab of another test in it. */
final class SharedChromium implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedChromium.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == HeadlessChromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("chromium", key -> HeadlessChromium.start(), HeadlessChromium.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        HeadlessChromium chromium =
                context.getRoot().getStore(NAMESPACE).get("chromium", HeadlessChromium.class);
        if (chromium != null) {
            chromium.browser().contexts().forEach(tab -> tab.close());
        }
    }
}
