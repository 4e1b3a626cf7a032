package dev.dunlin.message.config;

import dev.dunlin.protocol.http.PushMode;
import java.util.Locale;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a {@link PushMode}, also as the boolean that it was before. */
public final class PushModeConverter implements Converter<PushMode> {
    private static final long serialVersionUID = 1;

    @Override
    public PushMode convert(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "all", "true" -> PushMode.ALL;
            case "mentions" -> PushMode.MENTIONS;
            case "none", "false" -> PushMode.NONE;
            default -> throw new IllegalArgumentException("must be all, mentions or none, and not " + value);
        };
    }
}
