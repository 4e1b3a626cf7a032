package dev.dunlin.benchmark.options;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.server.Contender;
import dev.dunlin.benchmark.server.SuiteServer;
import dev.dunlin.engines.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the measured suite is configured; the same options in every benchmark that starts it. */
public final class SuiteOptions {
    private static final int NODES = 2;

    @Option(
            names = "--store",
            description = "What message-service stores the log in: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Store store = Store.POSTGRES;

    @Option(
            names = "--jvm",
            paramLabel = "OPTIONS",
            description = "JVM options of the services (${DEFAULT-VALUE}). Empty: as ./dev up starts them.")
    private String jvm = "-XX:TieredStopAtLevel=4 -Xmx512m";

    @Option(names = "--trace", description = "Let the services log the path of each message.")
    private boolean trace;

    @Option(
            names = "--env",
            paramLabel = "NAME:KEY=VALUE",
            description = "Another variable for a process or a role. May be repeated.")
    private List<String> env = new ArrayList<>();

    /** What is started. */
    public BenchmarkSuite.Setup setup(boolean nativeImages) {
        Map<String, Map<String, String>> environment = new HashMap<>();
        for (String one : env) {
            String[] parts = one.split("[:=]", 3);
            Sitting.refuse(parts.length < 3, "--env " + one + ": write NAME:KEY=VALUE");
            environment.computeIfAbsent(parts[0], key -> new HashMap<>()).put(parts[1], parts[2]);
        }
        return new BenchmarkSuite.Setup(jvm, trace, environment, store, nativeImages, NODES);
    }

    /** The suite on the JVM and as native binaries, as far as they are wanted. */
    public List<Contender> contenders(boolean onJvm, boolean nativeImages) {
        List<Contender> all = new ArrayList<>();
        if (onJvm) {
            all.add(new Contender("Dunlin, JVM", Optional.empty(), () -> SuiteServer.start(setup(false))));
        }
        if (nativeImages) {
            all.add(new Contender("Dunlin, native", Optional.empty(), () -> SuiteServer.start(setup(true))));
        }
        return all;
    }

    /** As the page says it. */
    public String text() {
        return "Services with `%s`, trace logging %s, the log in %s."
                .formatted(jvm.isBlank() ? "the options of `./dev up`" : jvm, trace ? "on" : "off", store.text());
    }
}
