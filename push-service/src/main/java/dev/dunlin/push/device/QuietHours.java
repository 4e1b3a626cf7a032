package dev.dunlin.push.device;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dunlin.protocol.Check;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Hours of each day without notifications, by the local time of a zone. A {@code from} after
 * {@code to} spans midnight; equal times mean the whole day.
 *
 * @param from the first minute, {@code HH:mm}
 * @param to the first minute after, {@code HH:mm}
 * @param zone a region of the time zone database, or an offset
 * @param then by default {@code drop} in the preferences of a device, and {@code digest} in those
 *     of a user
 */
public record QuietHours(
        String from, String to, String zone, @Nullable Then then) {
    /** What happens to notifications that fall into the hours. */
    public enum Then {
        /** They are sent as one when the hours end. */
        @JsonProperty("digest")
        DIGEST,
        /** They are not sent. */
        @JsonProperty("drop")
        DROP
    }

    public QuietHours {
        time("from", Check.required("from", from));
        time("to", Check.required("to", to));
        zone(Check.required("zone", zone));
    }

    /** Whether {@code now} is within the quiet hours. */
    public boolean include(Instant now) {
        LocalTime time = now.atZone(zone(zone)).toLocalTime();
        LocalTime start = time("from", from);
        LocalTime end = time("to", to);
        return start.isBefore(end)
                ? !time.isBefore(start) && time.isBefore(end)
                : !time.isBefore(start) || time.isBefore(end);
    }

    /** Whether they never end. */
    public boolean always() {
        return time("from", from).equals(time("to", to));
    }

    /** Whether what falls into the hours of a user is sent when they end. */
    public boolean digests() {
        return then != Then.DROP;
    }

    /** When the hours end that include {@code now}. */
    public Instant end(Instant now) {
        ZonedDateTime local = now.atZone(zone(zone));
        ZonedDateTime end = local.with(time("to", to));
        return (end.isAfter(local) ? end : end.plusDays(1)).toInstant();
    }

    private static LocalTime time(String field, String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(field + ": must be a time such as 22:00", e);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone: must be a time zone such as Europe/Berlin", e);
        }
    }
}
