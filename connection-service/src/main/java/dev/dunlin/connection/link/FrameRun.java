package dev.dunlin.connection.link;

import java.util.List;

/**
 * Frames that go to many links together, in order. Links know a run by its identity, so they encode
 * one once for all of them. Immutable.
 */
public final class FrameRun {
    private final List<byte[]> frames;

    /** Nobody may change the arrays. */
    public FrameRun(List<byte[]> frames) {
        this.frames = List.copyOf(frames);
    }

    public List<byte[]> frames() {
        return frames;
    }
}
