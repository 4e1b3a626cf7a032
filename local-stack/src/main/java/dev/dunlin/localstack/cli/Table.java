package dev.dunlin.localstack.cli;

import dev.dunlin.localstack.ProcessStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** The processes as a table for people. */
final class Table {
    private Table() {}

    static void print(List<ProcessStatus> processes, PrintWriter out) {
        int url = Math.max(
                7, processes.stream().mapToInt(p -> p.url().length()).max().orElse(0));
        String format = "%-17s %-" + url + "s %8s  %-10s %s%n";
        out.printf(format, "WHAT", "ADDRESS", "PROCESS", "HEALTH", "LOG");
        for (ProcessStatus process : processes) {
            out.printf(
                    format,
                    process.name(),
                    process.url(),
                    process.pid() == null ? "-" : process.pid().toString(),
                    process.health().text(),
                    shortened(Path.of(process.log())));
        }
        out.flush();
    }

    /** From the working directory, if that is shorter. */
    private static String shortened(Path file) {
        Path here = Path.of("").toAbsolutePath();
        String relative = file.startsWith(here) ? here.relativize(file).toString() : file.toString();
        return relative;
    }
}
