package dev.dunlin.client.transport;

import dev.dunlin.client.rest.Http;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.ServerFrame;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How frames come down over HTTP, one request after the other. */
interface Downstream {
    /**
     * How long a request that was alive may be silent.
     *
     * @param heartbeat the time between two heartbeats of the server
     */
    Duration silence(Duration heartbeat);

    /** Whether an answer goes on, and so brings its first byte soon. */
    boolean streams();

    /**
     * Asks; completes when the server ends the answer, fails when it refuses or the network does.
     * To cancel the future is to cancel the request.
     */
    CompletableFuture<Void> fetch(Request request, Http http, Executor loop, Answer answer);

    /**
     * What to ask for.
     *
     * @param cursor the server's own; absent at the start
     * @param first the link's first request: it is to say soon that the transport works, even if
     *     there is nothing new
     */
    record Request(
            Collection<ChannelName> channels, @Nullable String cursor, boolean first) {
        /** {@code channel=…} for each, and {@code device=…}. */
        String query(Device device) {
            return channels.stream().map(channel -> parameter(channel) + "&").collect(Collectors.joining())
                    + parameter(device);
        }

        static String parameter(Device device) {
            return "device=" + device.name().toLowerCase(Locale.ROOT);
        }

        static String parameter(ChannelName channel) {
            return "channel=" + encode(channel.value());
        }

        static String encode(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    }

    /** Hears what comes, on the loop. */
    interface Answer {
        /**
         * Something came, were it only a heartbeat. The first time it says that the transport
         * works.
         */
        void onAlive();

        void onFrame(ServerFrame frame);

        /** The cursor that stands behind what was received so far. */
        void onCursor(String cursor);
    }
}
