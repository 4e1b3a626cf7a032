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
    /**
     * A turn that writes to more links flushes these before. Their objects are still in the cache
     * of the processor then, and the first of thousands does not wait until all are written.
     */
    private static final int MOST_WRITTEN = 64;

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
        private boolean scheduled;
        private boolean running;

        void add(EventLoop loop, WebSocketLink link) {
            if (written.size() >= MOST_WRITTEN && !running) {
                flush();
            }
            written.add(link);
            if (!scheduled) {
                scheduled = true;
                loop.execute(this);
            }
        }

        @Override
        public void run() {
            scheduled = false;
            flush();
        }

        private void flush() {
            List<WebSocketLink> now = written;
            written = flushing; // a flush may write frames that waited
            flushing = now;
            running = true;
            metrics.flushed(now.size());
            now.forEach(WebSocketLink::flush);
            now.clear();
            running = false;
        }
    }
}
