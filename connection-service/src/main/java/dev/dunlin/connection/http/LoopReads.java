package dev.dunlin.connection.http;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * The receive buffers of all connections: one bookkeeping object for each event loop, where Netty
 * makes three for each connection and keeps them for its life. A loop reads one connection at a
 * time, and the object is reset before each read. Netty asks for it on the connection's loop.
 */
@SuppressWarnings("deprecation") // of Handle, which Netty itself passes around
final class LoopReads implements RecvByteBufAllocator {
    /** One for all connections of the process. */
    static final LoopReads SHARED = new LoopReads();

    /** Clients send little; a longer message takes several reads of one turn. */
    private static final int BUFFER_BYTES = 4096;

    private final RecvByteBufAllocator buffers = new FixedRecvByteBufAllocator(BUFFER_BYTES);
    private final FastThreadLocal<Handle> ofLoop = new FastThreadLocal<>() {
        @Override
        protected Handle initialValue() {
            return fresh();
        }
    };

    private LoopReads() {}

    @Override
    public Handle newHandle() {
        return Thread.currentThread() instanceof FastThreadLocalThread ? ofLoop.get() : fresh();
    }

    private Handle fresh() {
        return buffers.newHandle();
    }
}
