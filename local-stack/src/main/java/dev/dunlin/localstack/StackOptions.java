package dev.dunlin.localstack;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Store;
import dev.dunlin.localstack.services.ServiceModule;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a stack is to be.
 *
 * @param data keeps everything that survives a restart, and the logs
 * @param port of the gateway; 0 for a free one
 * @param bind the address that the gateway listens on; everything else is on the loopback address
 *     only
 * @param nodes how many connection nodes, at least 1
 * @param messageServices how many message-service processes, at least 1
 * @param presenceServices how many presence-service processes, at least 1
 * @param pushServices how many push-service processes, at least 1
 * @param fresh forget the messages, users and devices of earlier runs
 * @param nativeImages run the services' native binaries
 * @param recordsStarts the services record their start if they have no
 *     {@link dev.dunlin.localstack.services.StartCache} yet
 * @param environment added to a process's environment, by the process's name ({@code connection-1})
 *     or its role ({@code connection-service})
 * @param store what message-service stores the log in
 */
public record StackOptions(
        Checkout checkout,
        Path data,
        int port,
        String bind,
        int nodes,
        int messageServices,
        int presenceServices,
        int pushServices,
        boolean fresh,
        boolean nativeImages,
        boolean recordsStarts,
        Map<String, Map<String, String>> environment,
        Store store) {
    /**
     * The bound of {@code nodes}, {@code messageServices}, {@code presenceServices} and
     * {@code pushServices}.
     */
    public static final int MOST_NODES = 16;

    public StackOptions {
        data = data.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new IllegalArgumentException("nodes: " + nodes + " is not in 1 to " + MOST_NODES);
        }
        if (messageServices < 1 || messageServices > MOST_NODES) {
            throw new IllegalArgumentException(
                    "message-services: " + messageServices + " is not in 1 to " + MOST_NODES);
        }
        if (presenceServices < 1 || presenceServices > MOST_NODES) {
            throw new IllegalArgumentException(
                    "presence-services: " + presenceServices + " is not in 1 to " + MOST_NODES);
        }
        if (pushServices < 1 || pushServices > MOST_NODES) {
            throw new IllegalArgumentException("push-services: " + pushServices + " is not in 1 to " + MOST_NODES);
        }
    }

    /** Two nodes on free ports, with the jars of the checkout, for the tests of the whole. */
    public static StackOptions onFreePorts(Checkout checkout, Path data) {
        return new StackOptions(
                checkout, data, 0, "127.0.0.1", 2, 1, 1, 1, false, false, false, Map.of(), Store.POSTGRES);
    }

    public StackOptions withNodes(int count) {
        return new StackOptions(
                checkout,
                data,
                port,
                bind,
                count,
                messageServices,
                presenceServices,
                pushServices,
                fresh,
                nativeImages,
                recordsStarts,
                environment,
                store);
    }

    public StackOptions withMessageServices(int count) {
        return new StackOptions(
                checkout,
                data,
                port,
                bind,
                nodes,
                count,
                presenceServices,
                pushServices,
                fresh,
                nativeImages,
                recordsStarts,
                environment,
                store);
    }

    public StackOptions withPresenceServices(int count) {
        return new StackOptions(
                checkout,
                data,
                port,
                bind,
                nodes,
                messageServices,
                count,
                pushServices,
                fresh,
                nativeImages,
                recordsStarts,
                environment,
                store);
    }

    public StackOptions withPushServices(int count) {
        return new StackOptions(
                checkout,
                data,
                port,
                bind,
                nodes,
                messageServices,
                presenceServices,
                count,
                fresh,
                nativeImages,
                recordsStarts,
                environment,
                store);
    }

    /** The same with nothing of an earlier run's messages, users and devices. */
    public StackOptions afresh() {
        return new StackOptions(
                checkout,
                data,
                port,
                bind,
                nodes,
                messageServices,
                presenceServices,
                pushServices,
                true,
                nativeImages,
                recordsStarts,
                environment,
                store);
    }

    public StackOptions withNativeImages(boolean wanted) {
        return new StackOptions(
                checkout,
                data,
                port,
                bind,
                nodes,
                messageServices,
                presenceServices,
                pushServices,
                fresh,
                wanted,
                recordsStarts,
                environment,
                store);
    }

    /** The same, of which the next start caches are made. */
    public StackOptions recordingStarts() {
        return new StackOptions(
                checkout,
                data,
                port,
                bind,
                nodes,
                messageServices,
                presenceServices,
                pushServices,
                fresh,
                nativeImages,
                true,
                environment,
                store);
    }

    public StackOptions withEnvironment(Map<String, Map<String, String>> byNameOrRole) {
        return new StackOptions(
                checkout,
                data,
                port,
                bind,
                nodes,
                messageServices,
                presenceServices,
                pushServices,
                fresh,
                nativeImages,
                recordsStarts,
                byNameOrRole,
                store);
    }

    /**
     * The same with a log of what each service did to a share of the messages.
     *
     * @param share from 0 to 1
     */
    public StackOptions withTrace(double share) {
        Map<String, Map<String, String>> all = new HashMap<>(environment);
        for (ServiceModule module : ServiceModule.values()) {
            Map<String, String> own = new HashMap<>(environment.getOrDefault(module.directory(), Map.of()));
            own.put("DUNLIN_TRACE_SAMPLE", Double.toString(share));
            all.put(module.directory(), own);
        }
        return withEnvironment(all);
    }

    /** Cassandra needs a Java 17 on the machine, and is fetched the first time. */
    public StackOptions withStore(Store wanted) {
        return new StackOptions(
                checkout,
                data,
                port,
                bind,
                nodes,
                messageServices,
                presenceServices,
                pushServices,
                fresh,
                nativeImages,
                recordsStarts,
                environment,
                wanted);
    }
}
