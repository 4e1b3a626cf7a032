package dev.dunlin.localstack.build;

import dev.dunlin.engines.Checkout;

/** The class path of this module's own processes: the launcher and the gateway. */
public final class LauncherClassPath {
    private LauncherClassPath() {}

    /** As {@code -cp} has it. */
    public static String of(Checkout checkout) {
        return checkout.classPath("local-stack", "test-engines", "protocol");
    }
}
