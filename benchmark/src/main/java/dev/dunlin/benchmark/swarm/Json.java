package dev.dunlin.benchmark.swarm;

/**
 * Numbers out of frames of this suite, which have no spaces between names and values, without
 * parsing the rest.
 */
public final class Json {
    private Json() {}

    /** The first field of that name; throws {@link IllegalArgumentException} if there is none. */
    public static long number(String frame, String field) {
        int at = frame.indexOf("\"" + field + "\":");
        if (at < 0) {
            throw new IllegalArgumentException("no " + field + " in " + frame);
        }
        int from = at + field.length() + 3;
        int to = from;
        while (to < frame.length() && Character.isDigit(frame.charAt(to))) {
            to++;
        }
        return Long.parseLong(frame, from, to, 10);
    }
}
