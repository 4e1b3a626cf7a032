package dev.dunlin.connection.transport.websocket;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes the links of an event loop at the end of its turn, with one task for all of them. An
 * event for thousands of links costs one task, and one system call for each link. Events that
 * arrive together cost no more calls than one. On event loops.
 */
public final class Turns {
    private final ConnectionMetrics metrics;
    private final FastThreadLocal<Turn> turns = new FastThreadLocal<>() {
        @Override
        protected Turn initialValue() {
            return new Turn();
        }
    };

    Turns(ConnectionMetrics metrics) {
        this.metrics = metrics;
    }

    /** Calls {@link WebSocketLink#flush} soon. On the link's loop. */
    void atTheEnd(EventLoop loop, WebSocketLink link) {
        turns.get().add(loop, link);
    }

    /** The links of one loop. Each is in it once, so their number bounds it. */
    private final class Turn implements Runnable {
        private List<WebSocketLink> written = new ArrayList<>();
        private List<WebSocketLink> flushing = new ArrayList<>();

        void add(EventLoop loop, WebSocketLink link) {
            written.add(link);
            if (written.size() == 1) {
                loop.execute(this);
            }
        }

        @Override
        public void run() {
            List<WebSocketLink> now = written;
            written = flushing; // a flush may write frames that waited
            flushing = now;
            metrics.flushed(now.size());
            now.forEach(WebSocketLink::flush);
            now.clear();
        }
    }
}
