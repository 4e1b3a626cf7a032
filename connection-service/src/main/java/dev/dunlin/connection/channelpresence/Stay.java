package dev.dunlin.connection.channelpresence;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One session that is in a channel. Hub loop only. */
final class Stay {
    final LocalUser user;
    /** Null until the session says anything, which most never do. */
    private @Nullable Said said;

    /** What a session said in a channel. */
    static final class Said {
        /** When {@link #data} was set (ms since 1970); 0 if never. */
        long at;

        @Nullable
        JsonNode data;
        /** When the last signal was sent (ms since 1970); 0 if none is kept. */
        long lastAt;

        @Nullable
        JsonNode last;
    }

    Stay(LocalUser user) {
        this.user = user;
    }

    @Nullable
    Said said() {
        return said;
    }

    /** Where to put what the session says. */
    Said says() {
        if (said == null) {
            said = new Said();
        }
        return said;
    }
}
