package dev.dunlin.localstack.cli;

import java.util.Locale;

/** The benchmarks of {@code ./dev bench}, with the lines that describe them. */
public enum Benchmark {
    MESSAGE("Latency and CPU of one durable message at low and high rates, and where saturation is."),
    HANDSHAKE("CPU and latency from the handshake until a client is subscribed, at a rate and in a burst."),
    LINK("Memory of an idle link by its owners, of each transport, and of a node with 15,000 links."),
    FANOUT("CPU and time to deliver one message to thousands of links, in bursts and at a rate."),
    STORM("How thousands of clients return while one node after the other restarts."),
    PRESENCE("What presence costs for each user, and how soon a watcher hears of a connect."),
    MILLION("Memory of 200,000 links over many native nodes, each link reached by a broadcast."),
    PUSH("How fast a large offline group is decided on and notified, also beside a dead provider.");

    private final String description;

    Benchmark(String description) {
        this.description = description;
    }

    /** The name that the command line has. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The line of its help. */
    public String description() {
        return description;
    }
}
