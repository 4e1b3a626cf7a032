package dev.dunlin.benchmark.link;

import java.util.List;
import java.util.stream.IntStream;

/** What a link may be. */
enum Shape {
    WEBSOCKET("WebSocket", 1, 1),
    TLS("WebSocket over TLS 1.3", 1, 10),
    EVENT_STREAM("event stream (SSE)", 1, 1),
    LONG_POLL("long poll that waits", 1, 4),
    FIFTY("WebSocket, 50 subscriptions", 50, 10),
    FIVE_HUNDRED("WebSocket, 500 subscriptions", 500, 100);

    private final String title;
    private final int channels;
    private final int fewer;

    Shape(String title, int channels, int fewer) {
        this.title = title;
        this.channels = channels;
        this.fewer = fewer;
    }

    /** As the table calls it. */
    String title() {
        return title;
    }

    /** The channels that each link of the shape subscribes to; all links share them. */
    List<String> channels() {
        return IntStream.range(0, channels).mapToObj(i -> "room:link-" + i).toList();
    }

    /** How many links of it are measured where {@code links} are of the plain one. */
    int count(int links) {
        return Math.max(10, links / fewer);
    }
}
