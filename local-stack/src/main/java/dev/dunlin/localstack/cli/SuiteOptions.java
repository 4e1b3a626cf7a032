package dev.dunlin.localstack.cli;

import dev.dunlin.engines.Store;
import picocli.CommandLine.Option;

/** The options that say which suite a command starts. */
final class SuiteOptions {
    @Option(names = "--nodes", paramLabel = "N", description = "How many connection nodes, by default 2.")
    private int nodes = 2;

    @Option(
            names = "--message-services",
            paramLabel = "N",
            description = "How many message-service processes, by default ${DEFAULT-VALUE}.")
    private int messageServices;

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description = "What the messages are stored in: postgres, by default, or cassandra, which needs a Java 17.")
    private Store store = Store.POSTGRES;

    /**
     * {@code messageServices}: how many message-service processes start if the option is absent.
     */
    SuiteOptions(int messageServices) {
        this.messageServices = messageServices;
    }

    int nodes() {
        return nodes;
    }

    int messageServices() {
        return messageServices;
    }

    Store store() {
        return store;
    }
}
