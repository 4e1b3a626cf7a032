package dev.dunlin.benchmark.link;

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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench link}. */
@Command(
        name = "link",
        description = "Memory of an idle link by its owners, of each transport, and of a node with 15,000 links.",
        mixinStandardHelpOptions = true)
public final class LinkCommand implements Callable<Integer> {
    private static final String COUNTED = "The live heap is the class histogram of the node after a full collection "
            + "(`jcmd GC.class_histogram`), with the links and without them, divided by their number; a fifth of them "
            + "connected and disconnected before. Each link has its own user. Links of a shape share their channels. "
            + "Strings and maps of every owner are under JDK. Resident memory is VmRSS, with garbage. The kernel's memory "
            + "of the sockets is not in it.";

    @Option(names = "--links", paramLabel = "N", description = "Links of the plain shape (${DEFAULT-VALUE}).")
    private int links = 5_000;

    @Option(names = "--node-links", paramLabel = "N", description = "Links of a whole node (${DEFAULT-VALUE}).")
    private int nodeLinks = 15_000;

    @Option(names = "--ramp", paramLabel = "N", description = "Handshakes a second (${DEFAULT-VALUE}).")
    private int ramp = 500;

    @Option(names = "--native", description = "Also measure the node's native binary; all must be built.")
    private boolean nativeImages;

    @Option(
            names = "--skip",
            split = ",",
            paramLabel = "PART",
            description = "Leave out: jvm (Dunlin on the JVM), shapes, stalled (clients that do not read).")
    private List<String> skip = List.of();

    @Mixin
    private SuiteOptions suite = new SuiteOptions();

    @Mixin
    private Sitting sitting = new Sitting();

    private final List<LinkFigures.Row> rows = new ArrayList<>();
    private final List<LinkFigures.Node> nodes = new ArrayList<>();
    private LinkFigures.@Nullable Handshakes handshakes;
    private String stalled = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        Sitting.refuse(links < 100 || links > 15_000, "--links " + links + ": 100 to 15000 are possible");
        Sitting.refuse(nodeLinks < 1 || nodeLinks > 15_000, "--node-links " + nodeLinks + ": 1 to 15000 are possible");
        Sitting.refuse(ramp < 1 || ramp > 5_000, "--ramp " + ramp + ": 1 to 5000 are possible");
        sitting.begin();
        if (!skip.contains("jvm")) {
            System.err.println("Dunlin, JVM");
            try (TlsPort tls = TlsPort.prepare();
                    BenchmarkSuite running = BenchmarkSuite.start(tls.of(suite.setup(false)))) {
                jvm(new LinkMemory(running, tls, links, ramp));
            }
        }
        if (nativeImages) {
            System.err.println("Dunlin, native");
            try (TlsPort tls = TlsPort.prepare();
                    BenchmarkSuite running = BenchmarkSuite.start(tls.of(suite.setup(true)))) {
                nodes.add(new LinkMemory(running, tls, links, ramp).node("native", nodeLinks));
            }
        }
        Path page = write();
        Sitting.say(new LinkPage(rows, nodes).overview().text());
        Sitting.say("The page is " + page);
        return 0;
    }

    private void jvm(LinkMemory memory) throws IOException, InterruptedException {
        nodes.add(memory.node("JVM", nodeLinks));
        if (!skip.contains("shapes")) {
            for (Shape shape : Shape.values()) {
                rows.add(memory.measure(shape));
                var unused = write();
            }
            handshakes = new TlsHandshakes(memory.suite(), memory.tls()).measure();
            Sitting.say(text(handshakes));
        }
        if (!skip.contains("stalled")) {
            System.err.println("    clients that do not read");
            stalled = new StalledReaders(memory.suite()).measure();
        }
    }

    private static String text(LinkFigures.Handshakes handshakes) {
        return ("Opened one after the other and subscribed, a WebSocket over TLS 1.3 takes %s µs of the node's CPU, "
                        + "one without TLS %s: P-256, no session used again, the third thousand of each.")
                .formatted(Format.whole(handshakes.tlsMicros()), Format.whole(handshakes.plainMicros()));
    }

    private Path write() throws IOException, InterruptedException {
        Results results = sitting.results("link");
        Page page = sitting.page("What a link costs", suite.text());
        LinkPage pages = new LinkPage(rows, nodes);
        page.paragraph(COUNTED).add(pages.overview().text());
        if (handshakes != null) {
            page.paragraph(text(handshakes));
        }
        pages.write(page, results);
        if (!stalled.isEmpty()) {
            page.add(stalled);
        }
        String raw = results.figures(new LinkFigures.File(
                Machine.facts(sitting.checkout()),
                sitting.loadBefore(),
                Machine.load(),
                sitting.arguments(),
                rows,
                nodes,
                handshakes));
        page.paragraph("The raw figures are in [" + raw + "](" + raw + ").");
        return results.page(page);
    }
}
