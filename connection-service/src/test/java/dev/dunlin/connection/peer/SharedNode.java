package dev.dunlin.connection.peer;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one packaged node that they share; it ends with the last of them. */
public final class SharedNode implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedNode.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PackagedNode.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        "node",
                        key -> PackagedNode.start(Map.of(
                                "QUARKUS_LOG_CATEGORY__DEV_DUNLIN__LEVEL", "DEBUG",
                                "QUARKUS_LOG_CATEGORY__DUNLIN_TRACE__LEVEL", "DEBUG",
                                "DUNLIN_HANDSHAKE_ACCESS_TOKEN_IN_QUERY", "true",
                                "DUNLIN_HTTP_H2C", "true",
                                "DUNLIN_HANDSHAKE_ORIGINS", "https://chat.example.org")),
                        PackagedNode.class);
    }
}
