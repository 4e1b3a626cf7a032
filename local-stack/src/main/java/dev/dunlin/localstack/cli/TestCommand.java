package dev.dunlin.localstack.cli;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "test",
        description = {
            "Runs the tests of one module, or one class of it.",
            "Modules that it needs are compiled, not tested. Without a module: the tests of all modules that need no"
                    + " engines, as ./mvnw test does."
        },
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "MODULE", description = "For example message-service.")
    private @Nullable String module;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CLASS",
            description = "For example CommandsIT, or CommandsIT#method.")
    private @Nullable String testClass;

    @Option(
            names = "--times",
            description = "Run nothing: print how long each module and the slowest classes took in their last run.")
    private boolean times;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Run the whole build with all tests N times, and list the tests that failed in any run.")
    private @Nullable Integer repeat;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checkout checkout = Checkout.fromSystemProperty();
        if (repeat != null) {
            return repeat(checkout, repeat);
        }
        if (times) {
            Output output = Output.of(spec);
            TestTimes.read(checkout.root()).lines().forEach(output::line);
            return 0;
        }
        return run(checkout, module == null ? List.of("test") : arguments(checkout, module, testClass));
    }

    private int repeat(Checkout checkout, int runs) throws IOException, InterruptedException {
        if (runs < 1 || module != null || times) {
            throw new StackException(
                    "--repeat takes a number from 1, and runs the whole build: no MODULE, CLASS or --times with it");
        }
        Output output = Output.of(spec);
        FailedTests failed = new FailedTests();
        for (int number = 1; number <= runs; number++) {
            output.line("Run " + number + " of " + runs);
            FailedTests.forget(checkout.root());
            int exitCode = run(checkout, List.of("verify", "-Dmaven.test.failure.ignore=true"));
            if (exitCode != 0) {
                return exitCode; // it does not even build
            }
            failed.add(checkout.root());
        }
        failed.lines().forEach(output::line);
        return failed.isEmpty() ? 0 : 1;
    }

    private static int run(Checkout checkout, List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(checkout.root().resolve("mvnw").toString(), "-B"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(checkout.root().toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    /**
     * What Maven runs. A pattern of classes keeps the tests of the modules below out.
     *
     * @throws StackException if there is no such module
     */
    static List<String> arguments(Checkout checkout, String module, @Nullable String testClass) throws IOException {
        Path sources = checkout.root().resolve(module).resolve("src/test/java");
        if (!Files.isDirectory(sources)) {
            throw new StackException("There is no module \"" + module
                    + "\" with tests: name its directory, for example message-service or clients/java");
        }
        String tests = testClass == null ? topPackage(sources) + "/**/*Test" : testClass;
        String integrationTests = testClass == null ? topPackage(sources) + "/**/*IT" : testClass;
        boolean unit = testClass != null && testClass.replaceFirst("#.*", "").endsWith("Test");
        return List.of(
                "-pl",
                module,
                "-am",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dfailsafe.failIfNoSpecifiedTests=false",
                "-Dtest=" + (testClass == null || unit ? tests : "none"),
                "-Dit.test=" + (unit ? "none" : integrationTests),
                unit ? "test" : "verify");
    }

    /** The package that all tests of a module are in, which no other module has, as a path. */
    private static String topPackage(Path sources) throws IOException {
        Path directory = sources;
        while (true) {
            try (var children = Files.list(directory)) {
                List<Path> all = children.toList();
                if (all.size() != 1 || !Files.isDirectory(all.getFirst())) {
                    return sources.relativize(directory).toString();
                }
                directory = all.getFirst();
            }
        }
    }
}
