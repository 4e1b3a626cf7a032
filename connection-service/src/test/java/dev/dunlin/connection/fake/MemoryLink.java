package dev.dunlin.connection.fake;

import dev.dunlin.connection.link.FrameRun;
import dev.dunlin.connection.link.Link;
import dev.dunlin.protocol.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A link that takes as many frames as the test lets it. */
public final class MemoryLink implements Link {
    private final Executor loop;
    private final List<String> sent = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private int pings;
    private int runs;
    private boolean takesRuns;
    private long lastHeardMs;
    private @Nullable CloseCode closed;

    public MemoryLink(Executor loop) {
        this.loop = loop;
    }

    /** How many more frames it takes. */
    public void room(int frames) {
        room = frames;
    }

    public List<String> sent() {
        return sent;
    }

    public @Nullable CloseCode closed() {
        return closed;
    }

    @Override
    public Executor loop() {
        return loop;
    }

    @Override
    public void send(byte[] frame) {
        room--;
        sent.add(new String(frame, StandardCharsets.UTF_8));
    }

    /** From now on it takes several frames in one piece. */
    public void takesRuns() {
        takesRuns = true;
    }

    /** How often it took several frames in one piece. */
    public int runs() {
        return runs;
    }

    @Override
    public boolean sendTogether(FrameRun run) {
        if (takesRuns) {
            runs++;
            run.frames().forEach(this::send);
        }
        return takesRuns;
    }

    @Override
    public boolean writable() {
        return room > 0;
    }

    @Override
    public void ping() {
        pings++;
    }

    public int pings() {
        return pings;
    }

    @Override
    public void close(CloseCode code, String reason) {
        if (closed == null) {
            closed = code;
        }
    }

    /** When it was last heard. */
    public void heard(long millis) {
        lastHeardMs = millis;
    }

    @Override
    public long lastHeardMs() {
        return lastHeardMs;
    }
}
