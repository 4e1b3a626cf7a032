package dev.dunlin.localstack;

import dev.dunlin.engines.EngineAddresses;
import dev.dunlin.engines.supervise.Backoff;
import dev.dunlin.engines.supervise.Health;
import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.StackEvents;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.engines.supervise.SupervisedProcess;
import dev.dunlin.engines.supervise.Together;
import dev.dunlin.engines.tokens.TokenIssuer;
import dev.dunlin.engines.tokens.TokenRequest;
import dev.dunlin.localstack.devmode.DevModeWatch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole suite, running: engines, gateway and services as processes that are kept alive until
 * {@link #close()}. Thread-safe; every method may block. Methods that take a name throw
 * {@link StackException} for one that is none.
 */
public final class LocalStack implements AutoCloseable {
    private static final Duration USER_TOKEN_LIFETIME = Duration.ofHours(1);
    private static final String KAFKA = "kafka";

    private final DataDirectory data;
    private final DataDirectory.Lock lock;
    private final TokenIssuer issuer;
    private final StackPlan plan;
    private final Together together;
    private final DevModeWatch devMode;
    private final boolean followsDevMode;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Map<String, SupervisedProcess> processes = new LinkedHashMap<>();

    private LocalStack(
            StackOptions options, DataDirectory data, DataDirectory.Lock lock, StackEvents events, Clock clock)
            throws IOException, InterruptedException {
        this.data = data;
        this.lock = lock;
        this.issuer = new TokenIssuer(data.signingKey(), clock);
        this.plan = StackPlan.make(options, data, issuer, events);
        this.together = new Together();
        ProcessRecords records = data.records();
        Stream.of(plan.engines(), List.of(plan.gateway()), plan.services())
                .flatMap(List::stream)
                .forEach(spec ->
                        processes.put(spec.name(), new SupervisedProcess(spec, records, events, Backoff.USUAL)));
        this.followsDevMode = data.isOf(options.checkout());
        this.devMode = new DevModeWatch(options.checkout(), processes, events);
    }

    /**
     * Makes a stack ready to start: takes the data directory, ends what a killed launcher left,
     * chooses ports.
     *
     * @throws StackException with the line for the user
     */
    public static LocalStack prepare(StackOptions options, StackEvents events) throws InterruptedException {
        DataDirectory data = new DataDirectory(options.data());
        DataDirectory.Lock lock = data.lock();
        try {
            int left = data.endLeftovers();
            if (left > 0) {
                events.say("Ended " + left + " processes that an earlier run had left");
            }
            if (options.fresh()) {
                data.forget();
            }
            data.keepIn(options.store());
            Logs.rotate(data.logs());
            return new LocalStack(options, data, lock, events, Clock.systemUTC());
        } catch (IOException e) {
            release(lock);
            throw new StackException("The data directory " + data.path() + " cannot be used: " + e.getMessage(), e);
        } catch (RuntimeException | InterruptedException e) {
            release(lock);
            throw e;
        }
    }

    /** Prepares and starts a stack; whoever has it must close it. */
    public static LocalStack start(StackOptions options, StackEvents events) throws InterruptedException {
        LocalStack stack = prepare(options, events);
        stack.start(events);
        return stack;
    }

    /**
     * Starts everything and waits until all of it serves; closes the stack if one process does not
     * come up.
     *
     * @throws StackException with the line for the user
     */
    public void start(StackEvents events) throws InterruptedException {
        try {
            startTogether(events);
            if (followsDevMode) {
                devMode.start();
            }
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** The origin of the gateway, without a path. */
    public URI url() {
        return URI.create(plan.gateway().url());
    }

    /** Where one process is reached: {@code http://host:port}, for an engine {@code host:port}. */
    public String url(String name) {
        return process(name).spec().url();
    }

    /**
     * The management port of a service, which has {@code /q} and {@code /internal}:
     * {@code http://host:port}.
     */
    public String managementUrl(String name) {
        return Optional.ofNullable(plan.management().get(name))
                .orElseThrow(() -> new StackException(name + " has no management port"));
    }

    public EngineAddresses engines() {
        return plan.addresses();
    }

    public Path log(String name) {
        return process(name).spec().log();
    }

    public Path data() {
        return data.path();
    }

    /** Asks each process now how it is. */
    public List<ProcessStatus> status() throws InterruptedException {
        List<ProcessStatus> list = new ArrayList<>();
        for (SupervisedProcess process : processes.values()) {
            ProcessSpec spec = process.spec();
            @Nullable
            Long pid =
                    devMode.pid(spec.name()).or(process::pid).map(Long::valueOf).orElse(null);
            list.add(new ProcessStatus(
                    spec.name(),
                    spec.role(),
                    pid,
                    spec.url(),
                    plan.management().get(spec.name()),
                    process.health(),
                    spec.log().toString()));
        }
        return list;
    }

    /** Starts one process, if it does not run, and waits until it serves. */
    public void start(String name) throws InterruptedException {
        process(name).start();
    }

    /** Ends one process in order; it stays away until it is started. */
    public void stop(String name) throws InterruptedException {
        process(name).stop();
    }

    public void restart(String name) throws InterruptedException {
        SupervisedProcess process = process(name);
        process.stop();
        process.start();
    }

    /**
     * Ends one process as a crash would (SIGKILL); it is started again after half a second, as
     * after any death. False if it does not run now.
     */
    public boolean kill(String name) throws InterruptedException {
        return process(name).kill();
    }

    /** Freezes one process with its children (SIGSTOP); false if it does not run now. */
    public boolean suspend(String name) throws InterruptedException {
        return process(name).suspend();
    }

    /** Lets a process go on after {@link #suspend}. */
    public void resume(String name) throws InterruptedException {
        process(name).resume();
    }

    /** The names of all processes, engines first. */
    public List<String> names() {
        return List.copyOf(processes.keySet());
    }

    /** Asks one process now how it is. */
    public Health health(String name) throws InterruptedException {
        return process(name).health();
    }

    /** A token of the stack's own key. */
    public String token(TokenRequest request) {
        return issuer.issue(request).value();
    }

    /** A user's token without any scope, good for an hour. */
    public String userToken(String user) {
        return token(TokenRequest.user(user, USER_TOKEN_LIFETIME));
    }

    /** A back end's token: scope {@code server}, good for an hour. */
    public String serverToken(String name) {
        return token(TokenRequest.server(name, USER_TOKEN_LIFETIME));
    }

    /**
     * Stops everything in order: connection nodes, gateway, the other services, engines. Nothing is
     * left running.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        devMode.close();
        together.cancel();
        List<ProcessSpec> nodes = plan.services().stream()
                .filter(spec -> spec.name().startsWith("connection-"))
                .toList();
        List<ProcessSpec> others =
                plan.services().stream().filter(spec -> !nodes.contains(spec)).toList();
        try {
            for (List<ProcessSpec> group : List.of(nodes, List.of(plan.gateway()), others, plan.engines())) {
                new Together().run(all(group), SupervisedProcess::stop);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release(lock);
        }
    }

    /** Whether it is stopped or on the way to that. */
    public boolean isClosed() {
        return closed.get();
    }

    /**
     * The services start as soon as all but Kafka serve. They wait for Kafka themselves, and most
     * of their start does not need it.
     */
    private void startTogether(StackEvents events) throws InterruptedException {
        List<ProcessSpec> services = plan.services();
        CountDownLatch needed = new CountDownLatch(processes.size() - services.size() - 1);
        together.run(List.copyOf(processes.values()), process -> {
            boolean isService = services.contains(process.spec());
            if (isService) {
                needed.await();
            }
            startAndSay(process, events);
            if (!isService && !process.spec().name().equals(KAFKA)) {
                needed.countDown();
            }
        });
    }

    private static void startAndSay(SupervisedProcess process, StackEvents events) throws InterruptedException {
        long begin = System.nanoTime();
        process.start();
        events.say("%-17s up at %s (%.1f s)"
                .formatted(
                        process.spec().name(),
                        process.spec().url(),
                        Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0));
    }

    private List<SupervisedProcess> all(List<ProcessSpec> specs) {
        return specs.stream().map(spec -> process(spec.name())).toList();
    }

    private SupervisedProcess process(String name) {
        SupervisedProcess process = processes.get(name);
        if (process == null) {
            throw new StackException(
                    "There is no process " + name + ": it is one of " + String.join(", ", processes.keySet()));
        }
        return process;
    }

    private static void release(DataDirectory.Lock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StackException("The lock of the data directory cannot be released: " + e.getMessage(), e);
        }
    }
}
