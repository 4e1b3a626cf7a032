package dev.dunlin.benchmark.storm;

import dev.dunlin.benchmark.options.Sitting;
import dev.dunlin.benchmark.options.SuiteOptions;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.Machine;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench storm}. */
@Command(
        name = "storm",
        description = "How thousands of clients return while one node after the other restarts.",
        mixinStandardHelpOptions = true)
public final class StormCommand implements Callable<Integer> {
    private static final String COUNTED =
            "WebSockets with one subscription each, ten of a user, on two connection nodes; "
                    + "20 messages about every second. First node 1 is restarted (SIGTERM), then node 2, which has all links by "
                    + "then. Each client returns as `goaway` and `docs/clients.md` say, resumes where it was, and checks that each "
                    + "seq comes once and in order. The restarted process is not in the CPU.";

    @Option(names = "--links", paramLabel = "N", description = "How many clients (${DEFAULT-VALUE}).")
    private int links = 10_000;

    @Option(names = "--ramp", paramLabel = "N", description = "Handshakes a second at first (${DEFAULT-VALUE}).")
    private int ramp = 200;

    @Option(names = "--native", description = "Also run the services' native binaries; they must be built.")
    private boolean nativeImages;

    @Option(names = "--skip", split = ",", paramLabel = "PART", description = "Leave out: jvm (Dunlin on the JVM).")
    private List<String> skip = List.of();

    @Mixin
    private SuiteOptions suite = new SuiteOptions();

    @Mixin
    private Sitting sitting = new Sitting();

    /** 1 if a promise was broken. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        Sitting.refuse(links < 20 || links > 15_000, "--links " + links + ": 20 to 15000 are possible");
        Sitting.refuse(ramp < 1 || ramp > 5_000, "--ramp " + ramp + ": 1 to 5000 are possible");
        sitting.begin();
        List<StormFigures.Run> runs = new ArrayList<>();
        if (!skip.contains("jvm")) {
            runs.add(run("JVM", false));
        }
        if (nativeImages) {
            runs.add(run("native", true));
        }
        Path page = write(runs);
        Sitting.say(overview(runs).text());
        Sitting.say("The page is " + page);
        return runs.stream().allMatch(run -> run.broken() == 0 && run.behind() == 0) ? 0 : 1;
    }

    private StormFigures.Run run(String name, boolean asNative) throws IOException, InterruptedException {
        System.err.println("Dunlin, " + name);
        try (BenchmarkSuite running = BenchmarkSuite.start(suite.setup(asNative))) {
            return new Storm(running, links, ramp).run(name);
        }
    }

    private static Page overview(List<StormFigures.Run> runs) {
        List<List<String>> rows = new ArrayList<>();
        row(rows, "clients", runs, run -> Format.whole((long) run.links()));
        for (int i = 0; i < 2; i++) {
            int restart = i;
            String of = "node " + (i + 1) + " restarted: ";
            row(
                    rows,
                    of + "links that returned",
                    runs,
                    run -> Format.whole((long) run.restarts().get(restart).returned()));
            row(
                    rows,
                    of + "until the last returned",
                    runs,
                    run -> Format.digits(run.restarts().get(restart).seconds()) + " s");
            row(
                    rows,
                    of + "part in the busiest half second",
                    runs,
                    run -> Format.whole(run.restarts().get(restart).busiest() * 100) + " %");
        }
        row(rows, "longest outage of a link", runs, run -> Format.digits(run.longestOutageSeconds()) + " s");
        row(rows, "messages delivered", runs, run -> Format.whole(run.messages()));
        row(rows, "holes, duplicates, refused resumes", runs, run -> Format.whole(run.broken()));
        row(rows, "links without the last message", runs, run -> Format.whole(run.behind()));
        row(rows, "handshakes and subscriptions repeated", runs, run -> Format.whole(run.refused()));
        row(rows, "publishes repeated", runs, run -> Format.whole((long) run.repeated()));
        return new Page().table(head("", runs), rows);
    }

    private static List<String> head(String first, List<StormFigures.Run> runs) {
        List<String> head = new ArrayList<>(List.of(first));
        runs.forEach(run -> head.add(run.name()));
        return head;
    }

    private static void row(
            List<List<String>> rows,
            String name,
            List<StormFigures.Run> runs,
            Function<StormFigures.Run, String> cell) {
        List<String> row = new ArrayList<>(List.of(name));
        runs.forEach(run -> row.add(cell.apply(run)));
        rows.add(row);
    }

    private Path write(List<StormFigures.Run> runs) throws IOException, InterruptedException {
        Results results = sitting.results("storm");
        Page page = sitting.page("Clients that return while nodes restart", suite.text());
        page.paragraph(COUNTED).add(overview(runs).text());
        for (int i = 0; i < 2; i++) {
            int restart = i;
            TreeSet<String> processes = new TreeSet<>();
            runs.forEach(run ->
                    processes.addAll(run.restarts().get(restart).cpuMillis().keySet()));
            List<List<String>> rows = new ArrayList<>();
            for (String process : processes) {
                row(
                        rows,
                        process,
                        runs,
                        run -> Format.whole(
                                run.restarts().get(restart).cpuMillis().getOrDefault(process, 0.0)));
            }
            page.heading("## CPU while node " + (i + 1) + " restarted, in ms").table(head("process", runs), rows);
        }
        String raw = results.figures(new StormFigures.File(
                Machine.facts(sitting.checkout()), sitting.loadBefore(), Machine.load(), sitting.arguments(), runs));
        page.paragraph("The raw figures are in [" + raw + "](" + raw + ").");
        return results.page(page);
    }
}
