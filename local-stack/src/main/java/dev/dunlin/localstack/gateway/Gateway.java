package dev.dunlin.localstack.gateway;

import dev.dunlin.protocol.ErrorCode;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Objects;

/** One event loop's share of the gateway. */
final class Gateway extends AbstractVerticle {
    private static final int MAX_HEAD = 16 * 1024;

    private final String bind;
    private final int port;
    private final String jwks;
    private final DevTokens tokens;
    private final DevExamples examples;
    private final DevPush push;
    private final DevHook hook;
    private final Map<Role, UpstreamPool> pools;

    Gateway(
            GatewayConfig config,
            String jwks,
            DevTokens tokens,
            DevExamples examples,
            DevPush push,
            DevHook hook,
            Map<Role, UpstreamPool> pools) {
        this.bind = config.bind();
        this.port = config.port();
        this.jwks = jwks;
        this.tokens = tokens;
        this.examples = examples;
        this.push = push;
        this.hook = hook;
        this.pools = pools;
    }

    @Override
    public void start(Promise<Void> started) {
        Forwarder forwarder = new Forwarder(vertx);
        WebPage page = new WebPage(vertx);
        vertx.createHttpServer(new HttpServerOptions()
                        .setTcpNoDelay(true)
                        .setHttp2ClearTextEnabled(false)
                        .setHandle100ContinueAutomatically(true)
                        .setMaxInitialLineLength(MAX_HEAD) // a poll's cursor stands in the query
                        .setMaxHeaderSize(MAX_HEAD))
                .requestHandler(request -> handle(request, forwarder, page))
                .listen(port, bind)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void handle(HttpServerRequest request, Forwarder forwarder, WebPage page) {
        AnswerHeaders.put(request);
        String path = request.path();
        switch (path) {
            case DevTokens.PATH -> tokens.handle(request);
            case String webPush when webPush.startsWith(DevPush.PREFIX) -> push.handle(request);
            case String webhook when webhook.startsWith(DevHook.PREFIX) -> hook.handle(request);
            case GatewayConfig.JWKS_PATH -> {
                if (WebPage.reads(request)) {
                    request.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, "application/jwk-set+json")
                            .end(jwks);
                } else {
                    Problems.wrongMethod(request.response(), WebPage.READING);
                }
            }
            case String api
            when api.startsWith("/v1/") || api.equals(Routes.API_DOCUMENT) -> {
                Routes.find(api)
                        .map(role -> Objects.requireNonNull(pools.get(role)))
                        .ifPresentOrElse(
                                pool -> forwarder.forward(request, pool),
                                () -> Problems.send(
                                        request.response(), ErrorCode.NOT_FOUND, "there is nothing at this path"));
            }
            default ->
                examples.find(path)
                        .ifPresentOrElse(answer -> DevRequests.answer(request, answer), () -> page.handle(request));
        }
    }
}
