package dev.dunlin.engines.supervise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps Ctrl-C of a terminal from reaching a child at the same time as its launcher, which stops
 * the children in order.
 */
public final class Sessions {
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private Sessions() {}

    /**
     * The command in a session of its own, where the system can do that; it keeps the process id.
     */
    public static List<String> own(List<String> command) {
        List<String> wrapped = new ArrayList<>(command);
        SETSID.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .ifPresent(setsid -> wrapped.addFirst(setsid.toString()));
        return wrapped;
    }
}
