package dev.dunlin.localstack.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The reports that Surefire and Failsafe leave in each module's {@code target}. */
final class TestReports {
    private TestReports() {}

    /**
     * One report.
     *
     * @param module the directory of the module, from the root of the checkout
     */
    record Report(String module, Path file) {}

    /** All reports of a checkout, module by module. */
    static List<Report> in(Path root) throws IOException {
        List<Report> reports = new ArrayList<>();
        try (Stream<Path> targets =
                Files.find(root, 4, (path, what) -> path.endsWith("target") && what.isDirectory())) {
            for (Path target : targets.sorted().toList()) {
                String module = root.relativize(target).resolveSibling("").toString();
                for (String directory : List.of("surefire-reports", "failsafe-reports")) {
                    files(target.resolve(directory)).forEach(file -> reports.add(new Report(module, file)));
                }
            }
        }
        return reports;
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".xml")).toList();
        }
    }
}
