package dev.dunlin.benchmark.presence;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks Redis over a plain socket. Not thread-safe. */
final class RedisInfo implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RedisInfo(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    /** What Redis counted so far. */
    record Counters(long commands, long bytes, double cpuMillis, long memory, long publishes) {}

    Counters counters() throws IOException {
        Map<String, String> info = new HashMap<>();
        for (String line : ask("INFO ALL").split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                info.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        double seconds = Double.parseDouble(info.getOrDefault("used_cpu_user", "0"))
                + Double.parseDouble(info.getOrDefault("used_cpu_sys", "0"));
        return new Counters(
                calls(info),
                number(info, "total_net_input_bytes") + number(info, "total_net_output_bytes"),
                1_000 * seconds,
                number(info, "used_memory"),
                calls(info.getOrDefault("cmdstat_publish", "calls=0,")));
    }

    private static long calls(Map<String, String> info) {
        return info.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("cmdstat_"))
                .mapToLong(entry -> calls(entry.getValue()))
                .sum();
    }

    private static long calls(String stat) {
        return Long.parseLong(stat.substring("calls=".length(), stat.indexOf(',')));
    }

    private static long number(Map<String, String> info, String name) {
        return Long.parseLong(info.getOrDefault(name, "0"));
    }

    /** Sends one command, written as on a command line; returns its answer as text. */
    String ask(String command) throws IOException {
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return answer();
    }

    /** Sends commands in one pipeline, and waits for all answers. */
    void pipeline(List<String> commands) throws IOException {
        for (String command : commands) {
            out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
        for (int i = 0; i < commands.size(); i++) {
            String unused = answer();
        }
    }

    private String answer() throws IOException {
        String line = line();
        return switch (line.charAt(0)) {
            case '+', ':' -> line.substring(1);
            case '$' -> bulk(Integer.parseInt(line.substring(1)));
            default -> throw new IOException("Redis answered " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = in.readNBytes(length + 2);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\r') {
            if (next < 0) {
                throw new EOFException("Redis hung up");
            }
            line.write(next);
            next = in.read();
        }
        int unused = in.read();
        return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
