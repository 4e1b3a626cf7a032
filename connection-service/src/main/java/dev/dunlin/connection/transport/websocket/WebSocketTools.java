package dev.dunlin.connection.transport.websocket;

import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What all WebSockets of a node work with together.
 *
 * @param wire        makes what goes out
 * @param turns       has it flushed
 * @param decoder     how the decoder reads what comes in
 * @param keptBytes   a longer message is read to its end, not kept, and answered with {@code too_large}
 * @param closedBytes a longer one closes the link with 1009
 * @param closeWithin how long a client may take to answer a close
 */
public record WebSocketTools(
        InstantSource clock,
        WireFrames wire,
        Turns turns,
        WebSocketDecoderConfig decoder,
        int keptBytes,
        int closedBytes,
        Duration closeWithin) {
    /** Fragments of a message before its last one. */
    static final int MOST_FRAGMENTS = 1023;

    public WebSocketTools(InstantSource clock, int keptBytes, int closedBytes, Duration closeWithin) {
        this(clock, new WireFrames(), new Turns(), decoder(closedBytes), keptBytes, closedBytes, closeWithin);
    }

    private static WebSocketDecoderConfig decoder(int mostBytes) {
        return WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .maxFramePayloadLength(mostBytes)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }
}
