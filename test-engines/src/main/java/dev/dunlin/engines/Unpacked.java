package dev.dunlin.engines;

import dev.dunlin.engines.supervise.FileTree;
import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files from the class path, unpacked beside their place and then moved there whole: an interrupted
 * unpack leaves nothing half.
 */
final class Unpacked {
    private Unpacked() {}

    /** An executable file. */
    static Path file(Path target, String resource) throws IOException {
        if (Files.exists(target)) {
            return target;
        }
        Files.createDirectories(parent(target));
        Path whole = Files.createTempFile(parent(target), "unpack", ".tmp");
        try (InputStream in = open(resource)) {
            Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A directory out of a {@code .txz}. */
    static Path directory(Path target, String resource) throws IOException {
        if (Files.exists(target)) {
            return target;
        }
        Files.createDirectories(parent(target));
        Path whole = Files.createTempDirectory(parent(target), "unpack");
        try (InputStream in = open(resource)) {
            TarXz.unpack(in, whole);
        }
        Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            return Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            FileTree.delete(whole);
            if (Files.exists(target)) {
                return target; // another process was first
            }
            throw e;
        }
    }

    private static Path parent(Path path) {
        return path.toAbsolutePath().normalize().resolveSibling("");
    }

    private static InputStream open(String resource) {
        InputStream in = Unpacked.class.getResourceAsStream(resource);
        if (in == null) {
            throw new StackException("The class path lacks " + resource
                    + ": this platform's engines are not in test-engines/libraries/pom.xml.");
        }
        return in;
    }
}
