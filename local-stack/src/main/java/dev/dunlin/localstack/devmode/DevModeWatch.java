package dev.dunlin.localstack.devmode;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.StackEvents;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.engines.supervise.SupervisedProcess;
import dev.dunlin.localstack.services.ServiceModule;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees a service's dev mode start in this checkout, stops the stack's own process of it so that its
 * port is free, and starts that again when dev mode has ended. Dev mode of connection-service takes
 * the place of {@code connection-1}.
 */
public final class DevModeWatch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final DevModeProcesses running;
    private final Map<ServiceModule, SupervisedProcess> places = new EnumMap<>(ServiceModule.class);
    private final StackEvents events;
    private final Map<String, Long> taken = new ConcurrentHashMap<>();
    private volatile @Nullable Thread thread;

    /** @param processes of the stack, by name */
    public DevModeWatch(Checkout checkout, Map<String, SupervisedProcess> processes, StackEvents events) {
        this.running = new DevModeProcesses(checkout);
        this.events = events;
        for (ServiceModule module : ServiceModule.values()) {
            String name = module == ServiceModule.CONNECTION ? "connection-1" : module.directory();
            places.put(module, Objects.requireNonNull(processes.get(name)));
        }
    }

    /** Looks from now on, in a thread of its own. */
    public void start() {
        thread = Thread.ofVirtual().name("dev mode watch").start(this::watch);
    }

    /** The process that has the place of that one now, if it is in dev mode. */
    public Optional<Long> pid(String name) {
        return Optional.ofNullable(taken.get(name));
    }

    @Override
    public void close() {
        Thread watching = thread;
        if (watching != null) {
            watching.interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        if (taken.isEmpty() && !running.possible()) {
            return;
        }
        Map<ServiceModule, Long> found = running.find();
        Set<ServiceModule> gone = EnumSet.noneOf(ServiceModule.class);
        for (Map.Entry<ServiceModule, SupervisedProcess> place : places.entrySet()) {
            ServiceModule module = place.getKey();
            SupervisedProcess process = place.getValue();
            String name = process.spec().name();
            Long pid = found.get(module);
            if (pid != null && taken.put(name, pid) == null) {
                events.say("Dev mode of " + module.directory() + " (process " + pid + ") takes the place of " + name);
                process.yieldPlace();
            } else if (pid == null && taken.containsKey(name)) {
                gone.add(module);
            }
        }
        for (ServiceModule module : gone) {
            SupervisedProcess process = Objects.requireNonNull(places.get(module));
            taken.remove(process.spec().name());
            startAgain(process);
        }
    }

    private void startAgain(SupervisedProcess process) throws InterruptedException {
        String name = process.spec().name();
        events.say("Dev mode has ended, " + name + " is started again");
        try {
            process.start();
            events.say(name + " is up again");
        } catch (StackException e) {
            events.say(e.getMessage() + "; start it with ./dev start " + name);
        }
    }
}
