package dev.dunlin.checker;

import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The machine and the commit, without which a result means little. Blocks for a moment. */
final class Machine {
    private static final long KIB_PER_GIB = 1024 * 1024;

    private Machine() {}

    static Map<String, Object> facts(Checkout checkout) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("commit", commit(checkout));
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("memoryGiB", memory());
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java", Runtime.version().toString());
        return facts;
    }

    private static String commit(Checkout checkout) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude", "*")
                    .directory(checkout.root().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "unknown" : text;
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static long memory() throws IOException {
        Path info = Path.of("/proc/meminfo");
        return Files.exists(info)
                ? Files.readAllLines(info).stream()
                        .filter(line -> line.startsWith("MemTotal:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_GIB)
                        .findFirst()
                        .orElse(0)
                : 0;
    }
}
