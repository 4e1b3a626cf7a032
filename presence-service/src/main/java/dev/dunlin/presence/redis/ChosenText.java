package dev.dunlin.presence.redis;

import dev.dunlin.presence.shard.Chosen;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.kafka.StoredUser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a user chose, as text in Redis: a {@link StoredUser} in JSON. */
final class ChosenText {
    private ChosenText() {}

    static String write(Chosen chosen) {
        return new String(
                Json.write(new StoredUser(null, chosen.choice(), chosen.visibleTo())), StandardCharsets.UTF_8);
    }

    /** Reads what {@link #write} wrote; nothing is chosen where there is none. */
    static Chosen read(@Nullable String text) {
        if (text == null) {
            return Chosen.NOTHING;
        }
        try {
            StoredUser stored = Json.read(text.getBytes(StandardCharsets.UTF_8), StoredUser.class);
            StatusChoice choice = stored.choice();
            return new Chosen(choice == null ? StatusChoice.NONE : choice, stored.visibleTo());
        } catch (InvalidInput e) {
            throw new IllegalStateException("not what a user chose: " + text, e);
        }
    }
}
