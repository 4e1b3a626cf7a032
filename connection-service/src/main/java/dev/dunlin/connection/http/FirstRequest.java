package dev.dunlin.connection.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who connects has so long to say what it wants: a connection whose first request is not complete by then is closed, however slowly its bytes drip (slowloris). The idle
 * time-out of the HTTP server begins again with each byte, so it does not do. Netty puts this into every connection that is accepted, before anything of the HTTP server is there;
 * {@link RequestDeadlines} takes it out. Found by Netty as a service ({@code META-INF/services}).
 */
@RegisterForReflection // for the native binary, where a service is one by reflection
public final class FirstRequest extends ChannelInitializerExtension {
    static final String HANDLER = "first request";

    /** Enough for TLS over a bad line. */
    static final Duration WITHIN = Duration.ofSeconds(10);

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.pipeline().addLast(HANDLER, new Deadline());
    }

    private static final class Deadline extends ChannelInboundHandlerAdapter {
        private @Nullable ScheduledFuture<?> end;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            end = context.executor()
                    .schedule(
                            () -> {
                                var unused = context.close();
                            },
                            WITHIN.toMillis(),
                            TimeUnit.MILLISECONDS);
            context.fireChannelActive();
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            if (end != null) {
                end.cancel(false);
            }
        }
    }
}
