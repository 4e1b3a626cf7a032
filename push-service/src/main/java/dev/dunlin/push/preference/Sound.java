package dev.dunlin.push.preference;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a sound of the app, {@code default}, or {@code none}. */
public record Sound(@JsonValue String name) {
    /** The sound of a user who chose none. */
    public static final Sound DEFAULT = new Sound("default");

    /** No sound. */
    public static final Sound NONE = new Sound("none");

    private static final int MOST = 64;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sound {
        if (name == null || !name.matches("[A-Za-z0-9_.-]{1," + MOST + "}")) {
            throw new IllegalArgumentException(
                    "must be default, none or the name of a sound: 1 to " + MOST + " of [A-Za-z0-9_.-]");
        }
    }
}
