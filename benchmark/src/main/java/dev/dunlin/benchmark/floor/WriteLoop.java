package dev.dunlin.benchmark.floor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that writes the same bytes to every connection, one call each, once for every line that
 * it reads.
 */
public final class WriteLoop {
    private WriteLoop() {}

    /** {@code CONNECTIONS BYTES}. Prints its port, then a line for each round. */
    public static void main(String[] args) throws IOException {
        int connections = Integer.parseInt(args[0]);
        ByteBuffer bytes = ByteBuffer.allocateDirect(Integer.parseInt(args[1]));
        List<SocketChannel> all = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
            System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
            while (all.size() < connections) {
                all.add(server.accept());
            }
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            for (SocketChannel one : all) {
                one.write(bytes.duplicate());
            }
            System.out.println("done");
        }
    }
}
