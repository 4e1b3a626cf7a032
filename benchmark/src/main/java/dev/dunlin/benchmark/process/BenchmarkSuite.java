package dev.dunlin.benchmark.process;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Store;
import dev.dunlin.engines.supervise.FileTree;
import dev.dunlin.localstack.LocalStack;
import dev.dunlin.localstack.ProcessStatus;
import dev.dunlin.localstack.StackOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The packaged suite, by default with two connection nodes, on free ports. Its data are in a
 * temporary directory, which is deleted at the end.
 */
public final class BenchmarkSuite implements AutoCloseable {
    /**
     * The settings of the measured suite that differ from the defaults, and the results say so: a
     * few users publish what thousands do elsewhere. The queue before Kafka keeps its default, so
     * that what happens beyond saturation is what happens in production.
     */
    private static final Map<String, String> LIMITS = Map.of(
            "DUNLIN_PUBLISH_PER_SECOND", "1000000",
            "DUNLIN_PUBLISH_PER_USER_PER_SECOND", "1000000",
            "DUNLIN_LINK_FRAMES_PER_SECOND", "1000000",
            "DUNLIN_LINK_BYTES_PER_SECOND", "1000000000",
            "DUNLIN_HANDSHAKE_PER_SECOND", "1000000");

    private static final List<String> SERVICES =
            List.of("message-service", "presence-service", "push-service", "connection-service");

    private final LocalStack stack;
    private final Path data;

    private BenchmarkSuite(LocalStack stack, Path data) {
        this.stack = stack;
        this.data = data;
    }

    /**
     * What is started.
     *
     * @param jvmOptions of the services, stronger than the local stack's own
     * @param trace whether the services log the way of each message
     * @param environment further variables, by process or role
     * @param store what message-service stores the log in
     * @param nativeImages whether the services' native binaries run
     * @param nodes how many connection nodes
     */
    public record Setup(
            String jvmOptions,
            boolean trace,
            Map<String, Map<String, String>> environment,
            Store store,
            boolean nativeImages,
            int nodes) {
        public Setup {
            environment = Map.copyOf(environment);
        }

        /** With another number of nodes, each with its own bound of links. */
        public Setup withNodes(int count, int linksOfANode) {
            Setup bounded = with("connection-service", Map.of("DUNLIN_LINK_MAX", Integer.toString(linksOfANode)));
            return new Setup(jvmOptions, trace, bounded.environment, store, nativeImages, count);
        }

        /** With further variables for a process or a role. */
        public Setup with(String process, Map<String, String> variables) {
            Map<String, Map<String, String>> all = new HashMap<>(environment);
            Map<String, String> own = new HashMap<>(all.getOrDefault(process, Map.of()));
            own.putAll(variables);
            all.put(process, own);
            return new Setup(jvmOptions, trace, all, store, nativeImages, nodes);
        }
    }

    /** Starts it. Blocks. */
    public static BenchmarkSuite start(Setup setup) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("dunlin-benchmark");
        Map<String, Map<String, String>> all = new HashMap<>();
        for (String service : SERVICES) {
            Map<String, String> variables = new HashMap<>();
            variables.put("_JAVA_OPTIONS", setup.jvmOptions());
            if (!setup.trace()) {
                variables.put("QUARKUS_LOG_CATEGORY__DUNLIN_TRACE__LEVEL", "INFO");
            }
            if (service.equals("connection-service")) {
                variables.putAll(LIMITS);
            }
            variables.putAll(setup.environment().getOrDefault(service, Map.of()));
            all.put(service, variables);
        }
        setup.environment().forEach(all::putIfAbsent);
        try {
            LocalStack stack = LocalStack.prepare(
                    StackOptions.onFreePorts(Checkout.fromSystemProperty(), data)
                            .withEnvironment(all)
                            .withStore(setup.store())
                            .withNativeImages(setup.nativeImages())
                            .withNodes(setup.nodes()),
                    BenchmarkSuite::say);
            BenchmarkSuite suite = new BenchmarkSuite(stack, data);
            Runtime.getRuntime().addShutdownHook(new Thread(suite::end, "end of the suite"));
            stack.start(BenchmarkSuite::say);
            return suite;
        } catch (RuntimeException | InterruptedException e) {
            FileTree.delete(data);
            throw e;
        }
    }

    private static void say(String line) {
        System.err.println("  " + line);
    }

    /** When the measurement is broken off. */
    private void end() {
        try {
            close();
        } catch (IOException e) {
            say(data + " is left: " + e.getMessage());
        }
    }

    /** Where a connection node is, from 1. */
    public URI node(int number) {
        return URI.create(stack.url("connection-" + number));
    }

    /** A user's token. */
    public String token(String user) {
        return stack.userToken(user);
    }

    /** Tokens of users whose names are the prefix and a number, from 0. */
    public List<String> tokens(String prefix, int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> token(prefix + i))
                .toList();
    }

    public String kafka() {
        return stack.engines().kafkaBootstrapServers();
    }

    public int redisPort() {
        return stack.engines().redisPort();
    }

    public LocalStack stack() {
        return stack;
    }

    /** The processes that run, by name. */
    public Map<String, Long> pids() throws InterruptedException {
        Map<String, Long> pids = new LinkedHashMap<>();
        for (ProcessStatus process : stack.status()) {
            if (process.pid() != null) {
                pids.put(process.name(), process.pid());
            }
        }
        return pids;
    }

    @Override
    public void close() throws IOException {
        stack.close();
        FileTree.delete(data);
    }
}
