package dev.dunlin.engines;

import java.io.IOException;
import java.nio.file.Path;

/** The redis-server that the class path carries. */
final class RedisBinary {
    private static final String VERSION = "7.0.15";

    private RedisBinary() {}

    /** The executable, below {@code directory}; unpacked if it is not there yet. */
    static Path unpack(Path directory) throws IOException {
        String name = "redis-server-" + VERSION + "-" + Platform.current().redisName();
        return Unpacked.file(directory.resolve(name), "/" + name);
    }
}
