package dev.dunlin.push.preference.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.preference.Preferences;

/** The column {@code push_user.prefs}. */
public final class PreferencesColumn {
    private PreferencesColumn() {}

    /** Reads it. What breaks a current rule counts as nothing: its user is notified by default. */
    public static Preferences read(String json) {
        if (json.equals("{}")) {
            return Preferences.NONE;
        }
        try {
            return Json.mapper().readValue(json, Preferences.class);
        } catch (JsonProcessingException e) {
            return Preferences.NONE;
        }
    }
}
