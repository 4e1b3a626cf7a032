package dev.dunlin.localstack.cli;

import dev.dunlin.localstack.cli.TestReports.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the test classes of a checkout took in their last run, from {@link TestReports}.
 *
 * @param classes in no order
 */
record TestTimes(List<TestClass> classes) {
    private static final int SLOWEST = 30;
    private static final Pattern SUITE = Pattern.compile(
            "<testsuite [^>]*\\bname=\"([^\"]+)\" time=\"([0-9.,]+)\" tests=\"([0-9]+)\"", Pattern.DOTALL);

    /**
     * One class.
     *
     * @param seconds of its tests, without the start of what its classes share
     */
    record TestClass(String module, String name, double seconds, int tests) {}

    static TestTimes read(Path root) throws IOException {
        List<TestClass> classes = new ArrayList<>();
        for (Report report : TestReports.in(root)) {
            Matcher suite = SUITE.matcher(Files.readString(report.file()));
            if (suite.find()) {
                double seconds = Double.parseDouble(suite.group(2).replace(",", ""));
                classes.add(new TestClass(report.module(), suite.group(1), seconds, Integer.parseInt(suite.group(3))));
            }
        }
        return new TestTimes(classes);
    }

    /** A table of the modules, and one of the slowest classes. */
    List<String> lines() {
        if (classes.isEmpty()) {
            return List.of("No test has run in this checkout yet.");
        }
        Map<String, List<TestClass>> modules = new TreeMap<>();
        classes.forEach(one ->
                modules.computeIfAbsent(one.module(), name -> new ArrayList<>()).add(one));
        List<String> lines = new ArrayList<>(List.of(line("SECONDS", "TESTS", "MODULE")));
        modules.forEach((name, all) -> lines.add(row(all, name)));
        lines.add(row(classes, "all"));
        lines.addAll(List.of("", line("SECONDS", "TESTS", "CLASS")));
        classes.stream()
                .sorted(Comparator.comparingDouble(TestClass::seconds).reversed())
                .limit(SLOWEST)
                .map(one -> row(List.of(one), one.name()))
                .forEach(lines::add);
        return lines;
    }

    private static String row(List<TestClass> classes, String name) {
        double seconds = classes.stream().mapToDouble(TestClass::seconds).sum();
        int tests = classes.stream().mapToInt(TestClass::tests).sum();
        return line(String.format(Locale.ROOT, "%.1f", seconds), Integer.toString(tests), name);
    }

    private static String line(String seconds, String tests, String name) {
        return String.format("%8s %6s  %s", seconds, tests, name);
    }
}
