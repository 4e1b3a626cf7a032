package dev.dunlin.benchmark.options;

import dev.dunlin.benchmark.process.Machine;
import dev.dunlin.benchmark.process.WakeUps;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What the benchmarks have in common: where results go, and how a page begins. The machine's load
 * and what a wake-up costs are read when {@link #begin} is called and when the page is made.
 */
public final class Sitting {
    private final Checkout checkout = Checkout.fromSystemProperty();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the page, the raw figures and the charts go (benchmark/results).")
    private @Nullable Path out;

    private String loadBefore = "";
    private double wakeUpBefore;

    /** The checkout that is measured. */
    public Checkout checkout() {
        return checkout;
    }

    /** Notes the load, and what a wake-up costs, before anything starts. */
    public void begin() throws IOException, InterruptedException {
        loadBefore = Machine.load();
        wakeUpBefore = WakeUps.micros();
    }

    /** The load averages at {@link #begin}. */
    public String loadBefore() {
        return loadBefore;
    }

    /** The arguments of the command, for the page. */
    public List<String> arguments() {
        CommandSpec of = spec;
        return of == null ? List.of() : of.commandLine().getParseResult().originalArgs();
    }

    /** The files of the benchmark of that name. */
    public Results results(String name) {
        return new Results(out == null ? checkout.root().resolve("benchmark/results") : out.toAbsolutePath(), name);
    }

    /** A page with its title and the facts that every page has. */
    public Page page(String title, String configuration) throws IOException, InterruptedException {
        return new Page()
                .heading("# " + title)
                .paragraph(
                        ("Measured by `./dev bench %s` on %s. Load averages before %s, after %s. A thread that sleeps "
                                        + "for 20 ms took %s µs of CPU before, %s after. %s")
                                .formatted(
                                        String.join(" ", arguments()),
                                        Machine.facts(checkout),
                                        loadBefore,
                                        Machine.load(),
                                        Format.digits(wakeUpBefore),
                                        Format.digits(WakeUps.micros()),
                                        configuration));
    }

    /** Writes the page, and says where it is. */
    public void write(Results results, Page page) throws IOException {
        System.err.println("  the page is " + results.page(page));
    }

    /** Prints what the user sees, on standard output. */
    public static void say(String text) {
        System.out.println(text);
    }

    /** Refuses an option with one line. */
    public static void refuse(boolean wrong, String line) {
        if (wrong) {
            throw new StackException(line);
        }
    }
}
