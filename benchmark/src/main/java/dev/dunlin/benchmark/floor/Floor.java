package dev.dunlin.benchmark.floor;

import dev.dunlin.benchmark.process.CpuTimes;
import dev.dunlin.engines.supervise.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Measures {@link WriteLoop} in a process of its own, whose other ends are read here. */
public final class Floor {
    private static final int WARM = 3;

    private Floor() {}

    /** The CPU time of one write of so many bytes to a socket on the loopback interface. */
    public static Duration ofOneWrite(int connections, int bytes, int rounds) throws IOException {
        Process loop = new ProcessBuilder(List.of(
                        JavaCommand.executable().toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriteLoop.class.getName(),
                        Integer.toString(connections),
                        Integer.toString(bytes)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                        new BufferedReader(new InputStreamReader(loop.getInputStream(), StandardCharsets.US_ASCII));
                Selector selector = Selector.open()) {
            InetSocketAddress address = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), Integer.parseInt(String.valueOf(said.readLine())));
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(address);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
            }
            rounds(loop, said, selector, (long) connections * bytes, WARM);
            Duration before = cpu(loop);
            rounds(loop, said, selector, (long) connections * bytes, rounds);
            Duration used = cpu(loop).minus(before);
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            return used.dividedBy((long) connections * rounds);
        } finally {
            loop.destroyForcibly();
        }
    }

    private static Duration cpu(Process of) throws IOException {
        return CpuTimes.of(Map.of("loop", of.pid())).total("loop");
    }

    private static void rounds(Process loop, BufferedReader said, Selector selector, long bytes, int rounds)
            throws IOException {
        ByteBuffer read = ByteBuffer.allocateDirect(64 * 1024);
        for (int i = 0; i < rounds; i++) {
            loop.getOutputStream().write('\n');
            loop.getOutputStream().flush();
            long missing = bytes;
            while (missing > 0) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    read.clear();
                    missing -= ((SocketChannel) key.channel()).read(read);
                }
                selector.selectedKeys().clear();
            }
            if (said.readLine() == null) {
                throw new IOException("the loop ended");
            }
        }
    }
}
