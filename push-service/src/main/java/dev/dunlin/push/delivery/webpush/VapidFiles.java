package dev.dunlin.push.delivery.webpush;

import dev.dunlin.push.device.ServerKeys;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of VAPID keys: a single one, whose key has the id {@code default}, and those of a
 * directory, {@code <id>.pem}. Blocks for local files.
 */
public final class VapidFiles {
    /** Stands for the directory among the ids of its files. */
    static final String DIRECTORY = "";

    private static final String SUFFIX = ".pem";
    private static final String ID = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}";

    private final Optional<Path> single;
    private final Optional<Path> directory;

    public VapidFiles(Optional<Path> single, Optional<Path> directory) {
        this.single = single;
        this.directory = directory;
    }

    /** Identifies the content of a file: it changes when the file is written or replaced. */
    record Version(Path file, FileTime modified, long bytes, String key) {}

    /** A key, and when its file was written. */
    public record KeyOfFile(VapidKey key, Instant written) {}

    /**
     * What the files contain.
     *
     * @param keys by id
     * @param faults the files that cannot be used, by id; {@link #DIRECTORY} is the id of the
     *     directory, if it cannot be listed
     */
    public record Content(Map<String, KeyOfFile> keys, Map<String, Fault> faults) {}

    /** Why a file cannot be used. */
    public record Fault(Path file, String reason) {}

    /** The state of the files, without what they contain. Those that are missing are left out. */
    List<Version> versions() {
        List<Version> versions = new ArrayList<>();
        for (Path file : files().values()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                versions.add(new Version(
                        file, attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey())));
            } catch (IOException e) {
                // it is missing: read() names it
            }
        }
        return versions;
    }

    /** Reads all files. */
    public Content read() {
        Content content = new Content(new HashMap<>(), new LinkedHashMap<>());
        files().forEach((id, file) -> {
            try {
                if (id.equals(DIRECTORY)) {
                    throw new IllegalArgumentException("not a directory that can be listed");
                }
                if (!id.matches(ID)) {
                    throw new IllegalArgumentException("its name must be 1 to 64 letters, digits, '_', '-' or '.'");
                }
                VapidKey key = VapidKey.ofPem(Files.readString(file));
                Instant written = Files.getLastModifiedTime(file).toInstant();
                content.keys().put(id, new KeyOfFile(key, written));
            } catch (IOException e) {
                content.faults()
                        .put(
                                id,
                                new Fault(
                                        file, "cannot be read: " + e.getClass().getSimpleName()));
            } catch (IllegalArgumentException e) {
                content.faults().put(id, new Fault(file, String.valueOf(e.getMessage())));
            }
        });
        return content;
    }

    /** The order of ids: the single file is the oldest key, then their names decide. */
    Comparator<String> oldestFirst() {
        return Comparator.<String, Boolean>comparing(id -> single.isEmpty() || !id.equals(ServerKeys.FIRST))
                .thenComparing(Comparator.naturalOrder());
    }

    /** The files by id. The single file hides one of its id in the directory. */
    private Map<String, Path> files() {
        Map<String, Path> files = new TreeMap<>();
        single.ifPresent(file -> files.put(ServerKeys.FIRST, file));
        directory.ifPresent(where -> {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(where, "*" + SUFFIX)) {
                found.forEach(file -> files.putIfAbsent(id(file), file));
            } catch (IOException | DirectoryIteratorException e) {
                files.put(DIRECTORY, where); // that is no id, so read() reports it
            }
        });
        return files;
    }

    private static String id(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
