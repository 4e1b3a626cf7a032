package dev.dunlin.localstack.build;

import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A module whose build the stack needs.
 *
 * @param directory in the checkout, also its name for Maven
 * @param product a file name pattern below {@code target}; the newest match counts
 * @param uses other directories whose sources are in the product
 */
record BuiltModule(String directory, Pattern product, List<String> uses) {
    private static final List<String> SOURCES =
            List.of("pom.xml", "src", "static", "build.xml", "tsconfig.json", "package.json");
    private static final List<String> OF_SERVICES = List.of("protocol", "service-edge");

    /** All that {@code ./dev up} runs. */
    static List<BuiltModule> all() {
        Pattern application = Pattern.compile("quarkus-app/quarkus-run\\.jar");
        return List.of(
                new BuiltModule("message-service", application, OF_SERVICES),
                new BuiltModule("presence-service", application, OF_SERVICES),
                new BuiltModule("push-service", application, OF_SERVICES),
                new BuiltModule("connection-service", application, OF_SERVICES),
                new BuiltModule(
                        "clients/web", Pattern.compile("dunlin-web-[^/]*\\.jar"), List.of("clients/typescript")),
                new BuiltModule("clients/java", Pattern.compile("dunlin-client-[^/]*\\.jar"), List.of("protocol")),
                new BuiltModule(
                        "examples/terminal-chat",
                        Pattern.compile("dunlin-terminal-chat-[^/]*\\.jar"),
                        List.of("protocol", "clients/java")),
                new BuiltModule(
                        "examples/ticker-feed",
                        Pattern.compile("dunlin-ticker-feed-[^/]*\\.jar"),
                        List.of("protocol", "local-stack")),
                new BuiltModule(
                        "local-stack",
                        Pattern.compile("dunlin-local-stack-[^/]*\\.jar"),
                        List.of("protocol", "test-engines")));
    }

    /** All that {@code ./dev check} runs. */
    static List<BuiltModule> forCheck() {
        BuiltModule checker = new BuiltModule(
                "checker",
                Pattern.compile("dunlin-checker-[^/]*\\.jar"),
                List.of("protocol", "test-engines", "local-stack", "clients/java"));
        return Stream.concat(all().stream(), Stream.of(checker)).toList();
    }

    /** All that {@code ./dev bench} runs. */
    static List<BuiltModule> forBench() {
        BuiltModule benchmark = new BuiltModule(
                "benchmark",
                Pattern.compile("dunlin-benchmark-[^/]*\\.jar"),
                List.of("protocol", "test-engines", "local-stack"));
        return Stream.concat(all().stream(), Stream.of(benchmark)).toList();
    }

    /** A service as a native binary. */
    static BuiltModule nativeBinary(String service) {
        return new BuiltModule(service, Pattern.compile("[^/]*-runner"), OF_SERVICES);
    }

    /** Whether the product is missing or older than a source. */
    boolean isStale(Checkout checkout) throws IOException {
        Optional<FileTime> built = productOf(checkout).map(BuiltModule::modified);
        return built.isEmpty() || newestSource(checkout).compareTo(built.get()) > 0;
    }

    /**
     * After a build, which writes nothing where it finds nothing to do: what is there has the
     * sources of its begin.
     */
    void markBuilt(Checkout checkout, FileTime begin) throws IOException {
        Optional<Path> product = productOf(checkout);
        if (product.isPresent()) {
            Files.setLastModifiedTime(product.get(), begin);
        }
    }

    /** The product, if it is there. */
    Optional<Path> productOf(Checkout checkout) throws IOException {
        Path target = checkout.root().resolve(directory).resolve("target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(target, 2)) {
            return files.filter(file ->
                            product.matcher(target.relativize(file).toString()).matches())
                    .max((a, b) -> modified(a).compareTo(modified(b)));
        }
    }

    private FileTime newestSource(Checkout checkout) throws IOException {
        List<Path> sources = new ArrayList<>(List.of(checkout.root().resolve("pom.xml")));
        for (String module : Stream.concat(Stream.of(directory), uses.stream()).toList()) {
            Path tests = checkout.root().resolve(module).resolve("src/test");
            for (String place : SOURCES) {
                Path directory = checkout.root().resolve(module).resolve(place);
                if (Files.exists(directory)) {
                    try (Stream<Path> files = Files.walk(directory)) {
                        files.filter(Files::isRegularFile)
                                .filter(file -> !file.startsWith(tests))
                                .forEach(sources::add);
                    }
                }
            }
        }
        return sources.stream()
                .filter(Files::exists)
                .map(BuiltModule::modified)
                .max(FileTime::compareTo)
                .orElseThrow();
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
