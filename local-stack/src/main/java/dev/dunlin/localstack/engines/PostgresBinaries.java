package dev.dunlin.localstack.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The PostgreSQL that the class path carries. */
final class PostgresBinaries {
    private static final String VERSION = "18.6.0";

    private PostgresBinaries() {}

    /** The directory with {@code bin/postgres}, below {@code directory}; unpacked if it is not there yet. */
    static Path unpack(Path directory) throws IOException {
        String platform = Platform.current().postgresName();
        Path target = directory.resolve("postgres-" + VERSION + "-" + platform);
        // What unpacks is not on every class path that comes here.
        return Files.exists(target) ? target : Unpacked.directory(target, "/postgres-" + platform + ".txz");
    }
}
