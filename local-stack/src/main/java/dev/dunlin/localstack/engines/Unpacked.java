package dev.dunlin.localstack.engines;

import dev.dunlin.localstack.supervise.FileTree;
import dev.dunlin.localstack.supervise.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Files from the class path, unpacked beside their place and then moved there whole: an interrupted unpack leaves nothing half. */
final class Unpacked {
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

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
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(open(resource)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(whole, entry, tar);
            }
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

    private static void write(Path directory, TarArchiveEntry entry, InputStream content) throws IOException {
        Path path = directory.resolve(entry.getName()).normalize();
        if (!path.startsWith(directory)) {
            throw new IOException("entry outside of its archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(parent(path));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(path, executable ? PosixFilePermissions.fromString("rwxr-xr-x") : READABLE);
        }
    }

    private static Path parent(Path path) {
        return path.toAbsolutePath().normalize().resolveSibling("");
    }

    private static InputStream open(String resource) {
        InputStream in = Unpacked.class.getResourceAsStream(resource);
        if (in == null) {
            throw new StackException("The class path lacks " + resource
                    + ": this platform's engines are not among the local stack's dependencies.");
        }
        return in;
    }
}
