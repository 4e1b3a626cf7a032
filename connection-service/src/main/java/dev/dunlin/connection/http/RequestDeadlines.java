package dev.dunlin.connection.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.ChannelPipeline;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Bounds how long a request may take to arrive: the first one of a connection by
 * {@link FirstRequest}, the body of a request here.
 */
@Singleton
public class RequestDeadlines implements VertxOptionsCustomizer {
    private static final int BEFORE_ALL_OTHERS = 1_000_000;

    /** Netty looks for extensions only if this property is set before its first use. */
    @Override
    public void accept(VertxOptions options) {
        System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    void filter(@Observes Filters filters) {
        filters.register(this::arrived, BEFORE_ALL_OTHERS);
    }

    /** Filters do not reach the router of the management port. */
    void manage(@Observes ManagementInterface management) {
        management.router().route().order(-BEFORE_ALL_OTHERS).handler(this::arrived);
    }

    private void arrived(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        ChannelPipeline pipeline =
                ((ConnectionBase) request.connection()).channel().pipeline();
        if (pipeline.get(FirstRequest.HANDLER) != null) {
            pipeline.remove(FirstRequest.HANDLER);
        }
        if (hasBody(request)) {
            long timer = routing.vertx().setTimer(FirstRequest.WITHIN.toMillis(), late -> {
                if (!request.isEnded()) {
                    end(request);
                }
            });
            routing.addEndHandler(answered -> {
                if (request.isEnded()) { // an answer may precede the end of the body
                    routing.vertx().cancelTimer(timer);
                }
            });
        }
        routing.next();
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                ? !request.method().equals(HttpMethod.GET)
                : request.getHeader("Content-Length") != null || request.getHeader("Transfer-Encoding") != null;
    }

    private static void end(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(); // other streams of the connection continue
        } else {
            var unused = request.connection().close();
        }
    }
}
