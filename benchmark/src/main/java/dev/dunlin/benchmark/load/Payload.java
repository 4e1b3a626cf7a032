package dev.dunlin.benchmark.load;

import java.nio.charset.StandardCharsets;

/** The bytes of messages: made once, with the places of the ids known. */
public final class Payload {
    /** Stands for the id of a message in the text of a template. */
    public static final String ID = "?".repeat(MessageIds.LENGTH);

    private Payload() {}

    /** Bytes with an id in one or more places. Not thread-safe. */
    public static final class Template {
        private final byte[] bytes;
        private final int[] places;

        /** {@code text} is ASCII and has {@link #ID} where the id belongs. */
        public Template(String text) {
            this.bytes = text.getBytes(StandardCharsets.US_ASCII);
            this.places = java.util.stream.IntStream.iterate(
                            text.indexOf(ID), at -> at >= 0, at -> text.indexOf(ID, at + MessageIds.LENGTH))
                    .toArray();
        }

        /** The bytes with an id in them, good until the next call. */
        public byte[] with(int round, int number) {
            for (int place : places) {
                MessageIds.write(round, number, bytes, place);
            }
            return bytes;
        }
    }

    /** A publish frame whose {@code data} has {@code bytes} bytes. */
    public static Template publish(String channel, int bytes) {
        return new Template("{\"type\":\"publish\",\"ref\":\"" + ID + "\",\"channel\":\"" + channel + "\",\"id\":\""
                + ID + "\",\"data\":" + data(bytes) + "}");
    }

    /** A record of {@code bytes} bytes for the floor. */
    public static Template record(int bytes) {
        return new Template(text("\"id\":\"" + ID + "\",", bytes));
    }

    /** A JSON object of {@code bytes} bytes. */
    public static String data(int bytes) {
        return text("", bytes);
    }

    private static String text(String before, int bytes) {
        String head = "{" + before + "\"text\":\"";
        String tail = "\"}";
        return head + "x".repeat(Math.max(0, bytes - head.length() - tail.length())) + tail;
    }
}
