package dev.dunlin.protocol.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers to a {@link TextQuery}, in its order. */
public record TextList(List<Text> texts) {
    /**
     * The current content of a message.
     *
     * @param data JSON null if nobody may read it: it was deleted or has expired, or its channel or
     *     epoch is gone, or {@code readers} is empty
     * @param readers the users of the query who are members of the channel and do not block the
     *     sender
     * @param blocking those who are members and block the sender; absent if there is none, and if
     *     the answer comes from an older message-service
     */
    public record Text(
            JsonNode data, List<UserId> readers, @Nullable List<UserId> blocking) {
        /** A text whose sender nobody blocks. */
        public Text(JsonNode data, List<UserId> readers) {
            this(data, readers, null);
        }
    }
}
