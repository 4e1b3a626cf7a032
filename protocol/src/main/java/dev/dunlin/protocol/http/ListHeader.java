package dev.dunlin.protocol.http;

import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Reads headers that are lists, for example {@code Connection} or {@code X-Forwarded-For}. Several
 * lines with one name are the same list as one line with commas (RFC 9110 section 5.3). Commas in
 * quoted strings are not supported: no header that the suite reads has them.
 */
public final class ListHeader {
    private ListHeader() {}

    /**
     * The elements of all lines, in order, without white space around them and without empty ones.
     */
    public static List<String> elements(Iterable<String> lines) {
        return StreamSupport.stream(lines.spliterator(), false)
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** Whether one of the elements is this token; case does not matter. */
    public static boolean contains(Iterable<String> lines, String token) {
        return elements(lines).stream().anyMatch(token::equalsIgnoreCase);
    }
}
