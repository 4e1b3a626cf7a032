package dev.dunlin.localstack.gateway;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.ListHeader;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Passes requests on, byte for byte and with back-pressure in both directions; a WebSocket becomes
 * a tunnel once its service has said 101. Written by hand because {@code vertx-http-proxy} drops
 * body and headers of a refused upgrade and buffers without bound for a slow client. Runs on one
 * event loop.
 */
final class Forwarder {
    private static final Logger LOG = Logger.getLogger(Forwarder.class.getName());
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int UPGRADE_REQUIRED = 426;
    private static final int MAX_EXCHANGES = 8_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int IDLE_SECONDS = 30;

    /** They belong to one connection, RFC 9110 section 7.6.1. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    private final HttpClient client;

    Forwarder(Vertx vertx) {
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setKeepAliveTimeout(IDLE_SECONDS)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(MAX_EXCHANGES).setMaxWaitQueueSize(0));
    }

    /**
     * Answers the request with what a process of the pool says to it; 503 if none can be reached.
     */
    void forward(HttpServerRequest in, UpstreamPool pool) {
        in.pause();
        connect(in, pool, pool.candidates().iterator())
                .onSuccess(out -> {
                    copyRequestHead(in, out);
                    if (isWebSocket(in)) {
                        tunnel(in, out, pool);
                    } else {
                        exchange(in, out, pool);
                    }
                })
                .onFailure(failure -> unavailable(in, pool));
    }

    private Future<HttpClientRequest> connect(HttpServerRequest in, UpstreamPool pool, Iterator<Upstream> candidates) {
        Upstream upstream = candidates.next();
        RequestOptions options = new RequestOptions()
                .setMethod(in.method())
                .setHost(upstream.host())
                .setPort(upstream.port())
                .setURI(in.uri());
        return client.request(options).recover(failure -> {
            if (pool.markDown(upstream)) {
                LOG.info(pool.role().service() + " at " + upstream + " is away: " + failure.getMessage());
            }
            return candidates.hasNext() ? connect(in, pool, candidates) : Future.failedFuture(failure);
        });
    }

    private static void exchange(HttpServerRequest in, HttpClientRequest out, UpstreamPool pool) {
        HttpServerResponse answer = in.response();
        answer.exceptionHandler(gone -> out.reset());
        Future<HttpClientResponse> answered;
        if (hasBody(in)) {
            answered = out.send(in);
        } else {
            in.resume();
            answered = out.send();
        }
        answered.onSuccess(response -> {
                    if (response.statusCode() == SWITCHING_PROTOCOLS) {
                        out.reset(); // nobody asked to switch protocols
                        unavailable(in, pool);
                    } else {
                        relay(response, answer, in.method());
                    }
                })
                .onFailure(failure -> unavailable(in, pool));
    }

    private static void relay(HttpClientResponse response, HttpServerResponse answer, HttpMethod method) {
        answer.setStatusCode(response.statusCode()).setStatusMessage(response.statusMessage());
        copy(response.headers(), answer.headers());
        if (response.statusCode() == UPGRADE_REQUIRED) {
            answer.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE).putHeader(HttpHeaders.UPGRADE, "websocket");
        }
        boolean streamed = response.getHeader(HttpHeaders.CONTENT_LENGTH) == null
                && !method.equals(HttpMethod.HEAD)
                && response.statusCode() != 204
                && response.statusCode() != 304;
        if (streamed) {
            answer.setChunked(true);
            answer.write(Buffer.buffer()); // the head goes out now: an event stream may be silent for
            // long
        }
        response.pipe().endOnFailure(false).to(answer).onFailure(failure -> {
            response.request().reset();
            answer.reset();
        });
    }

    private static void tunnel(HttpServerRequest in, HttpClientRequest out, UpstreamPool pool) {
        HttpServerResponse answer = in.response();
        out.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE).putHeader(HttpHeaders.UPGRADE, "websocket");
        in.resume();
        out.connect()
                .onSuccess(response -> {
                    if (response.statusCode() == SWITCHING_PROTOCOLS) {
                        join(in, answer, response);
                    } else {
                        relay(response, answer, in.method());
                    }
                })
                .onFailure(failure -> unavailable(in, pool));
    }

    private static void join(HttpServerRequest in, HttpServerResponse answer, HttpClientResponse response) {
        NetSocket service = response.netSocket();
        service.pause();
        answer.setStatusCode(SWITCHING_PROTOCOLS);
        answer.headers().addAll(response.headers());
        in.toNetSocket()
                .onSuccess(link -> {
                    link.pipeTo(service).onFailure(gone -> service.close());
                    service.pipeTo(link).onFailure(gone -> link.close());
                })
                .onFailure(gone -> service.close());
    }

    private static void copyRequestHead(HttpServerRequest in, HttpClientRequest out) {
        copy(in.headers(), out.headers());
        String link = in.remoteAddress().hostAddress();
        List<String> before = ListHeader.elements(in.headers().getAll("X-Forwarded-For"));
        out.putHeader("X-Forwarded-For", before.isEmpty() ? link : String.join(", ", before) + ", " + link);
        if (in.authority() != null) {
            out.putHeader(HttpHeaders.HOST, in.authority().toString());
        }
    }

    private static void copy(MultiMap from, MultiMap to) {
        Set<String> ofTheConnection = ListHeader.elements(from.getAll(HttpHeaders.CONNECTION)).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        from.forEach((name, value) -> {
            String header = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(header) && !ofTheConnection.contains(header)) {
                to.add(name, value);
            }
        });
    }

    private static boolean isWebSocket(HttpServerRequest in) {
        return in.version() == HttpVersion.HTTP_1_1
                && in.method().equals(HttpMethod.GET)
                && ListHeader.contains(in.headers().getAll(HttpHeaders.UPGRADE), "websocket")
                && ListHeader.contains(in.headers().getAll(HttpHeaders.CONNECTION), "upgrade")
                && !hasBody(in);
    }

    private static boolean hasBody(HttpServerRequest in) {
        String length = in.getHeader(HttpHeaders.CONTENT_LENGTH);
        return in.version() == HttpVersion.HTTP_2
                ? !in.method().equals(HttpMethod.GET) && !in.method().equals(HttpMethod.HEAD)
                : in.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || (length != null && !length.equals("0"));
    }

    private static void unavailable(HttpServerRequest in, UpstreamPool pool) {
        if (!in.isEnded()) {
            in.resume();
        }
        Problems.send(in.response(), ErrorCode.UNAVAILABLE, pool.role().service() + " cannot be reached now");
    }
}
