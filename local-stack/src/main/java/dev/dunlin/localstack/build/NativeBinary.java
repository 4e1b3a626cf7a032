package dev.dunlin.localstack.build;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The native binary of a service. The stack does not build it: that takes many minutes. */
public final class NativeBinary {
    private NativeBinary() {}

    /**
     * Where the binary of a service is. Reads directories; blocks.
     *
     * @param service the directory in the checkout
     * @throws StackException if there is none, or one that is older than its sources
     */
    public static Path of(Checkout checkout, String service) {
        BuiltModule module = BuiltModule.nativeBinary(service);
        try {
            Path binary = module.productOf(checkout)
                    .orElseThrow(() -> refused("There is no native binary of " + service, service));
            if (module.isStale(checkout)) {
                throw refused("The native binary of " + service + " is older than its sources", service);
            }
            return binary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StackException refused(String why, String service) {
        return new StackException(
                why + ": build it with ./mvnw package -DskipTests -Dquarkus.native.enabled=true -pl " + service);
    }
}
