package dev.dunlin.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The client message ids of the benchmark: {@code RR-NNNNNNNNN}, a round and a number, always 12
 * bytes, so that they are found in a frame without parsing it.
 */
public final class MessageIds {
    /** Bytes of an id. */
    public static final int LENGTH = 12;

    private static final int ROUND_DIGITS = 2;
    private static final byte[] KEY = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);

    private MessageIds() {}

    /** Writes an id to 12 bytes of {@code into}. */
    public static void write(int round, int number, byte[] into, int at) {
        digits(round, into, at, ROUND_DIGITS);
        into[at + ROUND_DIGITS] = '-';
        digits(number, into, at + ROUND_DIGITS + 1, LENGTH - ROUND_DIGITS - 1);
    }

    /** An id as text. */
    public static String text(int round, int number) {
        byte[] bytes = new byte[LENGTH];
        write(round, number, bytes, 0);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /**
     * The index of the next id in JSON at or after {@code from}; -1 if there is none before
     * {@code to}.
     */
    public static int find(byte[] bytes, int from, int to) {
        return find(KEY, bytes, from, to);
    }

    /** The same for ids that follow another text than that of JSON. */
    public static int find(byte[] before, byte[] bytes, int from, int to) {
        int last = to - before.length - LENGTH;
        for (int at = from; at <= last; at++) {
            if (bytes[at] == before[0] && Arrays.equals(bytes, at, at + before.length, before, 0, before.length)) {
                return at + before.length;
            }
        }
        return -1;
    }

    /** The round of the id at an index. */
    public static int round(byte[] bytes, int at) {
        return number(bytes, at, ROUND_DIGITS);
    }

    /** The number of the id at an index; negative if it is none of the benchmark's. */
    public static int number(byte[] bytes, int at) {
        return bytes[at + ROUND_DIGITS] == '-' ? number(bytes, at + ROUND_DIGITS + 1, LENGTH - ROUND_DIGITS - 1) : -1;
    }

    private static void digits(int value, byte[] into, int at, int count) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int number(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
