package dev.dunlin.benchmark.million;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel of this machine uses, in bytes.
 *
 * @param used memory that is not available any more, by anybody
 * @param slab objects of the kernel: sockets, files, and what can be given back
 * @param socketBuffers what waits in TCP sockets
 */
record KernelMemory(long used, long slab, long socketBuffers) {
    private static final Pattern TCP = Pattern.compile("TCP: .* mem (\\d+)");
    private static final long PAGE = 4096;

    static KernelMemory read() throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/meminfo")), Files.readString(Path.of("/proc/net/sockstat")));
    }

    static KernelMemory parse(List<String> meminfo, String sockstat) {
        Matcher tcp = TCP.matcher(sockstat);
        return new KernelMemory(
                kibibytes(meminfo, "MemTotal:") - kibibytes(meminfo, "MemAvailable:"),
                kibibytes(meminfo, "Slab:"),
                tcp.find() ? Long.parseLong(tcp.group(1)) * PAGE : 0);
    }

    private static long kibibytes(List<String> meminfo, String name) {
        return meminfo.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
