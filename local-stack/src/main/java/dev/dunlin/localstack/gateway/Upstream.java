package dev.dunlin.localstack.gateway;

/**
 * One process of a service, as the gateway reaches it.
 *
 * @param management the port of its health checks
 */
public record Upstream(String host, int port, int management) {
    /** Reads {@code host:port:management}. */
    static Upstream parse(String text) {
        int last = text.lastIndexOf(':');
        int colon = text.lastIndexOf(':', last - 1);
        return new Upstream(
                text.substring(0, colon),
                Integer.parseInt(text.substring(colon + 1, last)),
                Integer.parseInt(text.substring(last + 1)));
    }

    /** What {@link #parse} reads. */
    String written() {
        return this + ":" + management;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
