package dev.dunlin.benchmark.options;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time of an option: {@code 30}, {@code 30s} or {@code 2m}, up to an hour. */
public final class Seconds implements ITypeConverter<Duration> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})([sm]?)");
    private static final Duration MOST = Duration.ofHours(1);

    @Override
    public Duration convert(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw refused(text);
        }
        long number = Long.parseLong(matcher.group(1));
        Duration time = matcher.group(2).equals("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
        if (time.isZero() || time.compareTo(MOST) > 0) {
            throw refused(text);
        }
        return time;
    }

    private static TypeConversionException refused(String text) {
        return new TypeConversionException("\"" + text + "\": a time is written 30s or 2m, up to an hour");
    }
}
