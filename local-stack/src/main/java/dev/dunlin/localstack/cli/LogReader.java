package dev.dunlin.localstack.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads log files on from where it stopped, and puts the lines of several in order of time. Not
 * thread-safe.
 */
final class LogReader {
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final List<Path> files;
    private final boolean raw;
    private final Map<Path, Long> positions = new HashMap<>();

    LogReader(List<Path> files, boolean raw) {
        this.files = List.copyOf(files);
        this.raw = raw;
    }

    private record Timed(Instant time, String text) {}

    /** The whole lines that are new since the last call; of a large file only its end. */
    List<String> readAll() throws IOException {
        List<Timed> lines = new ArrayList<>();
        for (Path file : files) {
            String prefix = files.size() == 1 ? "" : "%-17s ".formatted(name(file));
            Instant last = Instant.EPOCH;
            for (String text : read(file).lines().toList()) {
                LogLine line = LogLine.of(text, ZoneId.systemDefault());
                // a line without a time belongs to the one before it
                last = line.time().orElse(last);
                lines.add(new Timed(last, prefix + (raw ? text : line.text())));
            }
        }
        lines.sort(Comparator.comparing(Timed::time));
        return lines.stream().map(Timed::text).toList();
    }

    private String read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            long length = content.length();
            long position = positions.getOrDefault(file, Math.max(0, length - MOST_BYTES));
            if (position > length) {
                position = 0; // begun anew
            }
            byte[] bytes = new byte[Math.toIntExact(Math.min(length - position, MOST_BYTES))];
            content.seek(position);
            content.readFully(bytes);
            int whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            positions.put(file, position + whole);
            return new String(bytes, 0, whole, StandardCharsets.UTF_8);
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".log".length());
    }
}
