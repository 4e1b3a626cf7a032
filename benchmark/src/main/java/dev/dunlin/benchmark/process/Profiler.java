package dev.dunlin.benchmark.process;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** async-profiler in other JVMs of this user: where their CPU time goes. */
public final class Profiler implements AutoCloseable {
    private static final String LIBRARY = "/linux-x64/libasyncProfiler.so";

    private final Path directory;
    private final Path library;

    /** Unpacks the library that the class path carries, for Linux on x86-64. */
    public Profiler() throws IOException {
        this.directory = Files.createTempDirectory("dunlin-profile");
        this.library = directory.resolve("libasyncProfiler.so");
        try (InputStream in = Profiler.class.getResourceAsStream(LIBRARY)) {
            if (in == null) {
                throw new IOException("the class path has no " + LIBRARY);
            }
            Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Begins to sample a process by its CPU time. */
    public void start(long pid) throws IOException {
        load(pid, "start,event=ctimer,interval=1ms,threads");
    }

    /**
     * Ends it; each line is a stack, frames from the outermost joined by {@code ;}, and how often
     * it was seen.
     */
    public List<String> stop(long pid) throws IOException {
        Path file = directory.resolve(pid + ".txt");
        load(pid, "stop,threads,collapsed,file=" + file);
        return Files.readAllLines(file);
    }

    private void load(long pid, String options) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                machine.loadAgentPath(library.toString(), options);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("process " + pid + " cannot be profiled: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        dev.dunlin.engines.supervise.FileTree.delete(directory);
    }
}
