package dev.dunlin.localstack.services;

import dev.dunlin.localstack.Checkout;
import java.util.List;

/** How the JVMs of the stack are started: many of them share one small machine. */
final class JavaCommand {
    private JavaCommand() {}

    static List<String> small(String heap) {
        return List.of(
                Checkout.java().toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }
}
