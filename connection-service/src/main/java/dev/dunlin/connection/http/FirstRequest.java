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
 * Prepares each accepted connection. Closes one whose first request is not complete in time,
 * however slowly its bytes arrive (slowloris). The idle time-out of the HTTP server does not do
 * that, because it restarts with each byte. Netty adds this to every accepted connection, before
 * the handlers of the HTTP server; {@link RequestDeadlines} removes it. Netty finds it as a service
 * ({@code META-INF/services}).
 */
@RegisterForReflection // for the native binary, where a service is one by reflection
public final class FirstRequest extends ChannelInitializerExtension {
    static final String HANDLER = "first request";

    /** Enough for TLS over a slow network. */
    static final Duration WITHIN = Duration.ofSeconds(10);

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.pipeline().addLast(HANDLER, new Deadline());
        channel.config().setRecvByteBufAllocator(LoopReads.SHARED); // before the first read
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
