package dev.dunlin.connection.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a client that can only listen sees, whichever way it listens. */
public interface TestFeed extends AutoCloseable {
    /** The next frame; fails after ten seconds without one. */
    JsonNode next();

    /** The cursor after the last frame that {@link #next} gave. */
    String cursor();

    /**
     * Whether the server ended it; waits up to ten seconds for that. Frames that come before are
     * dropped.
     */
    boolean ends();

    @Override
    void close();

    /** The next frame, which must be of this type. */
    default JsonNode next(String type) {
        JsonNode frame = next();
        assertThat(frame.path("type").asText()).as("%s", frame).isEqualTo(type);
        return frame;
    }

    /** The next frame of this type; those before it are dropped. */
    default JsonNode find(String type) {
        JsonNode frame = next();
        while (!frame.path("type").asText().equals(type)) {
            frame = next();
        }
        return frame;
    }

    /** The seqs of the next so many messages, and nothing else in between. */
    default List<Long> seqs(int count) {
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seqs.add(next("message").path("seq").asLong());
        }
        return seqs;
    }
}
