package dev.dunlin.connection.transport.websocket;

import dev.dunlin.connection.link.Link;
import dev.dunlin.connection.link.LinkListener;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.http.ListHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns an HTTP/1.1 connection into a WebSocket (RFC 6455 section 4.2). It takes the channel over
 * from Vert.x and removes all HTTP handlers from the pipeline, so that a link does not keep them
 * for its life.
 */
final class WebSocketUpgrade {
    private static final String SUBPROTOCOL = "dunlin.v1";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final String key;
    private final boolean subprotocol;

    private WebSocketUpgrade(String key, boolean subprotocol) {
        this.key = key;
        this.subprotocol = subprotocol;
    }

    /** What a request asks; throws {@link RefusedException} if the upgrade is not valid. */
    static WebSocketUpgrade of(HttpServerRequest request) {
        String key = UpgradeRules.requireKey(request);
        return new WebSocketUpgrade(
                key,
                ListHeader.elements(request.headers().getAll("Sec-WebSocket-Protocol"))
                        .contains(SUBPROTOCOL));
    }

    /**
     * Takes over the request's channel, answers 101, and opens the link, which then is the last
     * handler. Returns false if the client has left meanwhile. On the channel's event loop.
     */
    boolean takeOver(
            HttpServerRequest request, WebSocketContext shared, Function<? super Link, ? extends LinkListener> enter) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        ChannelPipeline pipeline = channel.pipeline();
        Map<String, ChannelHandler> http = pipeline.toMap();
        ChannelHandlerContext context = pipeline.context(VertxHandler.class);
        if (context == null || request.response().closed()) { // a closed channel has no handlers
            return false;
        }
        VertxHandler<?> served = (VertxHandler<?>) context.handler();
        pipeline.remove(served);
        // for Vert.x the connection has ended: it releases its counts and the request
        served.channelInactive(context);
        WebSocketLink link = new WebSocketLink(channel, shared);
        pipeline.addLast(link);
        http.forEach((name, handler) -> {
            if (handler != served && !(handler instanceof SslHandler)) {
                pipeline.remove(name); // bytes that a decoder holds pass to the next one
            }
        });
        channel.config().setAutoRead(true);
        var unused = channel.writeAndFlush(answer(channel));
        link.open(enter);
        return true;
    }

    private ByteBuf answer(Channel channel) {
        return ByteBufUtil.writeAscii(
                channel.alloc(),
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + accept(key)
                        + (subprotocol ? "\r\nSec-WebSocket-Protocol: " + SUBPROTOCOL : "")
                        + "\r\n\r\n");
    }

    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
