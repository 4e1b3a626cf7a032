package dev.dunlin.connection.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes of something good something that may be anything. */
record Mutation(RandomGenerator random) {
    private static final List<String> ODD = List.of(
            "null",
            "-1",
            "1e999",
            "99999999999999999999",
            "\"\\ud800\"",
            "[[[[[[[[",
            "{\"a\":",
            "\u0000",
            "\r\n\r\n",
            "%00",
            "%",
            "\u00ff",
            "true",
            "\"\"",
            "{}",
            "[]",
            ",",
            ":",
            "\"",
            "\\",
            "é\u2028",
            "Infinity",
            "NaN",
            "0x10",
            "/**/",
            "'");

    /** One to four changes. */
    byte[] of(byte[] good) {
        byte[] changed = good;
        int changes = random.nextInt(1, 5);
        for (int i = 0; i < changes; i++) {
            changed = once(changed);
        }
        return changed;
    }

    String of(String good) {
        return new String(of(good.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private byte[] once(byte[] good) {
        if (good.length == 0) {
            return bytes(16);
        }
        int at = random.nextInt(good.length);
        int length = Math.min(good.length - at, random.nextInt(1, 17));
        return switch (random.nextInt(7)) {
            case 0 -> flipped(good, at);
            case 1 -> replaced(good, at, length, new byte[0]);
            case 2 -> replaced(good, at, 0, bytes(length));
            case 3 -> replaced(good, at, length, bytes(length));
            case 4 -> replaced(good, at, 0, Arrays.copyOfRange(good, at, at + length));
            case 5 -> Arrays.copyOf(good, at);
            default -> replaced(good, at, random.nextInt(length + 1), odd());
        };
    }

    private byte[] flipped(byte[] good, int at) {
        byte[] flipped = good.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private static byte[] replaced(byte[] good, int at, int length, byte[] by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(good.length + by.length);
        out.write(good, 0, at);
        out.writeBytes(by);
        out.write(good, at + length, good.length - at - length);
        return out.toByteArray();
    }

    private byte[] odd() {
        return ODD.get(random.nextInt(ODD.size())).getBytes(StandardCharsets.UTF_8);
    }

    /** Random ones. */
    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** One of these. */
    <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
