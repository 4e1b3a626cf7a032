package dev.dunlin.localstack.gateway;

/** One process of a service, as the gateway reaches it. */
public record Upstream(String host, int port) {
    /** Reads {@code host:port}. */
    static Upstream parse(String text) {
        int colon = text.lastIndexOf(':');
        return new Upstream(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
