package dev.dunlin.message.config;

import dev.dunlin.protocol.http.PresenceMode;
import java.util.Locale;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a {@link PresenceMode}, also as the boolean that it was before. */
public final class PresenceModeConverter implements Converter<PresenceMode> {
    private static final long serialVersionUID = 1;

    @Override
    public PresenceMode convert(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "members", "true" -> PresenceMode.MEMBERS;
            case "subscribers" -> PresenceMode.SUBSCRIBERS;
            case "count" -> PresenceMode.COUNT;
            case "none", "false" -> PresenceMode.NONE;
            default ->
                throw new IllegalArgumentException("must be members, subscribers, count or none, and not " + value);
        };
    }
}
