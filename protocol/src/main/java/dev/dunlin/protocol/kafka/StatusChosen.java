package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.StatusChoice;

/** A user said what it is; it replaces what the user said before. Key: user. */
public record StatusChosen(UserId user, long at, StatusChoice choice) implements SessionRecord {
    static final String TYPE = "status_chosen";

    public StatusChosen {
        Check.required("user", user);
        Check.required("choice", choice);
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
