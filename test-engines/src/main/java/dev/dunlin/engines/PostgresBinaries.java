package dev.dunlin.engines;

import java.io.IOException;
import java.nio.file.Path;

/** The PostgreSQL that the class path carries. */
final class PostgresBinaries {
    private static final String VERSION = "18.6.0";

    private PostgresBinaries() {}

    /**
     * The directory with {@code bin/postgres}, below {@code directory}; unpacked if it is not there
     * yet.
     */
    static Path unpack(Path directory) throws IOException {
        String platform = Platform.current().postgresName();
        return Unpacked.directory(
                directory.resolve("postgres-" + VERSION + "-" + platform), "/postgres-" + platform + ".txz");
    }
}
