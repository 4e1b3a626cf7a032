package dev.dunlin.localstack.cli;

import dev.dunlin.engines.Checkout;
import dev.dunlin.localstack.DataDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stack is meant: the one with that data. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data are, by default .dunlin in the checkout.")
    private @Nullable Path data;

    DataDirectory directory() {
        return data == null
                ? DataDirectory.of(Checkout.fromSystemProperty())
                : new DataDirectory(data.toAbsolutePath().normalize());
    }
}
