package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.VisibleTo;
import org.jspecify.annotations.Nullable;

/**
 * A user said who sees its presence. Key: user.
 *
 * @param visibleTo absent: as the operator configured
 */
public record VisibilityChosen(
        UserId user, long at, @Nullable VisibleTo visibleTo) implements SessionRecord {
    static final String TYPE = "visibility_chosen";

    public VisibilityChosen {
        Check.required("user", user);
    }

    @JsonProperty("type")
    String type() {
        return TYPE;
    }

    @Override
    public String key() {
        return user.value();
    }
}
