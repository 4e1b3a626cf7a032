package dev.dunlin.push.device;

import dev.dunlin.protocol.Check;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an app reports of itself at its registration. Nothing is decided by it. Absent fields are
 * unknown.
 *
 * @param app the id or name of the app, at most {@value #MOST_CHARACTERS} characters
 * @param platform for example {@code ios} or {@code firefox}, at most {@value #MOST_CHARACTERS}
 *     characters
 * @param locale a language tag (BCP 47), at most {@value #MOST_LOCALE} characters
 * @param appVersion at most {@value #MOST_CHARACTERS} characters
 */
public record About(
        @Nullable String app,
        @Nullable String platform,
        @Nullable String locale,
        @Nullable String appVersion) {
    /** Of an app that reports nothing. */
    public static final About NOTHING = new About(null, null, null, null);

    private static final int MOST_CHARACTERS = 100;
    private static final int MOST_LOCALE = 35; // RFC 5646 section 4.4.1

    public About {
        check("app", app);
        check("platform", platform);
        check("appVersion", appVersion);
        if (locale != null && (locale.isEmpty() || locale.length() > MOST_LOCALE || !isLanguageTag(locale))) {
            throw new IllegalArgumentException(
                    "locale: must be a language tag (BCP 47) such as de-CH, at most " + MOST_LOCALE + " characters");
        }
    }

    private static void check(String field, @Nullable String value) {
        if (value != null
                && (value.isBlank()
                        || value.length() > MOST_CHARACTERS
                        || value.chars().anyMatch(Character::isISOControl)
                        || !Check.isUnicode(value))) {
            throw new IllegalArgumentException(
                    field + ": must be 1 to " + MOST_CHARACTERS + " characters without control characters");
        }
    }

    private static boolean isLanguageTag(String locale) {
        try {
            new Locale.Builder().setLanguageTag(locale);
            return true;
        } catch (IllformedLocaleException e) {
            return false;
        }
    }
}
