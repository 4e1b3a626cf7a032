package dev.dunlin.connection.cursor;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The text of a cursor: a version, seven characters of checksum, then 16 characters for each
 * channel, eight of its key and eight of its seq. Every part has a fixed place, so one event
 * changes only a few characters. The key is a hash of channel and epoch: it has a fixed length, and
 * the key of another epoch is not found.
 */
final class CursorFormat {
    /** As many as fit in a header of 8 KiB. */
    static final int MOST_CHANNELS = 500;

    static final char VERSION = '1';
    static final int HEAD = 8;
    static final int ENTRY = 16;
    static final int NUMBER = 8;
    static final long MOST = (1L << 48) - 1;

    /**
     * The key of an entry that belongs to no channel: its seq is the {@code exp}, in milliseconds,
     * that the client was warned of. An older node ignores it like any unknown channel.
     */
    static final long EXPIRY_KEY = 0x746f6b656e21L;

    private static final int CHECK = 7;
    private static final long CHECK_MASK = (1L << 42) - 1;
    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();

    private CursorFormat() {}

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (byte i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = i;
        }
        return values;
    }

    /** A 48-bit hash of a channel and its epoch. */
    static long key(ChannelName channel, Epoch epoch) {
        byte[] digest = sha256().digest((channel.value() + '\n' + epoch.value()).getBytes(StandardCharsets.US_ASCII));
        long key = 0;
        for (int i = 0; i < 6; i++) {
            key = key << 8 | (digest[i] & 0xff);
        }
        return key;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** The part of an entry in the checksum, combined by exclusive or; 42 bits. */
    static long check(long key, long seq) {
        long mixed = key * 0x9e3779b97f4a7c15L + seq;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return (mixed ^ mixed >>> 31) & CHECK_MASK;
    }

    /** Writes the version and the checksum. */
    static void writeHead(byte[] text, long check) {
        text[0] = VERSION;
        write(text, 1, CHECK, check);
    }

    static void writeNumber(byte[] text, int at, long number) {
        write(text, at, NUMBER, number);
    }

    private static void write(byte[] text, int at, int digits, long number) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = DIGITS[(int) (rest & 63)];
            rest >>>= 6;
        }
    }

    /** The checksum in a text, or -1. */
    static long readCheck(byte[] text) {
        return read(text, 1, CHECK);
    }

    /** The number at a place, or -1 if there is none. */
    static long readNumber(byte[] text, int at) {
        return read(text, at, NUMBER);
    }

    private static long read(byte[] text, int at, int digits) {
        long number = 0;
        for (int i = at; i < at + digits; i++) {
            byte digit = text[i];
            byte value = digit >= 0 ? VALUES[digit] : -1;
            if (value < 0) {
                return -1;
            }
            number = number << 6 | value;
        }
        return number;
    }
}
