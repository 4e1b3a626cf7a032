package dev.dunlin.localstack.gateway;

import dev.dunlin.protocol.ErrorCode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.MimeMapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The pages and what they load, from {@code META-INF/resources} of the class path. */
final class WebPage {
    private static final String DIRECTORY = "META-INF/resources";
    /** Pages load from their own origin only; {@code 'self'} includes WebSockets to it. */
    private static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The methods that pages allow, as in {@code Allow}. */
    static final String READING = "GET, HEAD";

    private final Vertx vertx;

    WebPage(Vertx vertx) {
        this.vertx = vertx;
    }

    void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String path = file(request.path());
        if (!isPlain(path)) {
            Problems.send(response, ErrorCode.NOT_FOUND, "there is nothing at this path");
            return;
        }
        vertx.executeBlocking(() -> read(path), false)
                .onSuccess(found -> found.ifPresentOrElse(
                        content -> {
                            if (reads(request)) {
                                send(request, path, content);
                            } else {
                                Problems.wrongMethod(response, READING);
                            }
                        },
                        () -> Problems.send(response, ErrorCode.NOT_FOUND, "there is nothing at this path")))
                .onFailure(failure -> Problems.send(response, ErrorCode.INTERNAL, "the page cannot be read"));
    }

    /** Whether the method is one of {@link #READING}. */
    static boolean reads(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    /** {@code /ticker} is a page, {@code /favicon.svg} is what it says. */
    private static String file(String path) {
        if (path.equals("/")) {
            return "/index.html";
        }
        return path.indexOf('.') < 0 ? path + ".html" : path;
    }

    private static void send(HttpServerRequest request, String path, byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        String tag = "\"" + Long.toHexString(sum.getValue()) + "-" + content.length + "\"";
        HttpServerResponse response = request.response()
                .putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(AnswerHeaders.CONTENT_SECURITY_POLICY, POLICY);
        if (tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, type(path));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length))
                    .end();
        } else {
            response.end(Buffer.buffer(content));
        }
    }

    private static String type(String path) {
        String type = Optional.ofNullable(MimeMapping.getMimeTypeForFilename(path))
                .orElse(path.endsWith(".map") ? "application/json" : "application/octet-stream");
        return type.startsWith("text/") || type.equals("application/javascript") ? type + ";charset=UTF-8" : type;
    }

    private static Optional<byte[]> read(String path) {
        try (InputStream in = WebPage.class.getClassLoader().getResourceAsStream(DIRECTORY + path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Names of files and no more: nothing encoded, no way up, no directory.
    private static boolean isPlain(String path) {
        return path.matches("(/[A-Za-z0-9_@-][A-Za-z0-9_.@-]*)+");
    }
}
