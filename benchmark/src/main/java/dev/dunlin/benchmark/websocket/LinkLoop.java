package dev.dunlin.benchmark.websocket;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads all links of one side with one thread. */
public final class LinkLoop implements AutoCloseable {
    private final Selector selector;
    private final Thread thread;
    private final Texts texts;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    /** Told what comes, on the loop's thread. */
    public interface Texts {
        /** A text message; the bytes are good only during the call. */
        void text(Link link, byte[] bytes, int from, int to);

        /** Everything that a link had to read for now was reported. */
        void quiet(Link link);

        /** A link was lost, other than by {@link LinkLoop#close}. */
        void lost(Link link, String reason);
    }

    /** Starts its thread, which takes the name. */
    public LinkLoop(String name, Texts texts) throws IOException {
        this.selector = Selector.open();
        this.texts = texts;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Reads a link from now on. */
    public void add(Link link) throws IOException {
        links.add(link);
        link.channel().register(selector, SelectionKey.OP_READ, link);
        selector.wakeup();
    }

    /** The links in the order in which they were added. */
    public List<Link> links() {
        return new ArrayList<>(links);
    }

    private void run() {
        while (!closing) {
            try {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.attachment() instanceof Link link) {
                        read(link, key);
                    }
                }
                selector.selectedKeys().clear();
            } catch (ClosedSelectorException | IOException e) {
                return;
            }
        }
    }

    private void read(Link link, SelectionKey key) {
        try {
            int count = link.channel().read(link.decoder().room());
            if (count < 0) {
                lost(link, key, "closed by the server");
                return;
            }
            link.decoder().received(count, (opcode, bytes, from, to) -> {
                switch (opcode) {
                    case FrameDecoder.TEXT -> texts.text(link, bytes, from, to);
                    case FrameDecoder.PING -> link.pong(Arrays.copyOfRange(bytes, from, to));
                    case FrameDecoder.CLOSE ->
                        lost(link, key, "close frame " + (((bytes[from] & 0xff) << 8) | (bytes[from + 1] & 0xff)));
                    default -> {}
                }
            });
            texts.quiet(link);
        } catch (IOException e) {
            lost(link, key, String.valueOf(e.getMessage()));
        }
    }

    private void lost(Link link, SelectionKey key, String reason) {
        key.cancel();
        if (!closing) {
            texts.lost(link, reason);
        }
    }

    /** Closes all links. */
    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        links.forEach(Link::close);
        selector.close();
    }
}
