package dev.dunlin.localstack.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** A command's standard output. Thread-safe. */
record Output(PrintWriter writer) {
    /** @param spec as picocli has set it */
    static Output of(@Nullable CommandSpec spec) {
        return new Output(Objects.requireNonNull(spec).commandLine().getOut());
    }

    void line(String text) {
        writer.println(text);
        writer.flush();
    }
}
