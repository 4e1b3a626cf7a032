package dev.dunlin.localstack.build;

import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The class path of this module's own processes: the launcher and the gateway. */
public final class LauncherClassPath {
    private static final List<String> MODULES = List.of("local-stack", "test-engines", "protocol");

    private LauncherClassPath() {}

    /** As {@code -cp} has it: what has been compiled, also without a package. */
    public static String of(Checkout checkout) {
        return checkout.classPath("local-stack", "test-engines", "protocol");
    }

    /** The same as jars, once they are built: the JVM archives classes of jars only. */
    public static List<Path> jars(Checkout checkout) throws IOException {
        List<Path> path = new ArrayList<>();
        for (String module : MODULES) {
            path.addAll(jars(checkout, module, module));
        }
        path.addAll(in(checkout.root().resolve("local-stack/target/lib"), ".*\\.jar"));
        return path;
    }

    /**
     * The jar of a module, empty if it is not built.
     *
     * @param directory of the module in the checkout
     * @param name of the jar without {@code dunlin-} and the version
     */
    public static List<Path> jars(Checkout checkout, String directory, String name) throws IOException {
        return in(
                checkout.root().resolve(directory).resolve("target"),
                "dunlin-" + name + "-[^/]*(?<!-sources|-javadoc|-tests)\\.jar");
    }

    private static List<Path> in(Path directory, String name) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> directory.relativize(file).toString().matches(name))
                    .sorted()
                    .toList();
        }
    }
}
