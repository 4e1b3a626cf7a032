package dev.dunlin.engines;

import dev.dunlin.engines.supervise.StackException;
import java.util.Locale;

/**
 * The operating system and processor, as the carriers of the binaries name them.
 *
 * @param redisName part of the name of the redis-server
 * @param postgresName part of the name of the PostgreSQL archive
 */
record Platform(String redisName, String postgresName) {
    static Platform current() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        boolean arm = processor.equals("aarch64");
        if (!arm && !processor.equals("amd64") && !processor.equals("x86_64")) {
            throw new StackException(
                    "The local stack has no engines for the processor " + processor + ": run it on x86-64 or arm64.");
        }
        if (system.contains("linux")) {
            return arm ? new Platform("linux-arm64", "linux-arm_64") : new Platform("linux-amd64", "linux-x86_64");
        }
        if (system.contains("mac")) {
            return arm ? new Platform("darwin-arm64", "darwin-arm_64") : new Platform("darwin-amd64", "darwin-x86_64");
        }
        throw new StackException("The local stack has no engines for " + system + ": run it on Linux or in WSL.");
    }
}
