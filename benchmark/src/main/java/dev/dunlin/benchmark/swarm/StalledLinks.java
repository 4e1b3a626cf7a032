package dev.dunlin.benchmark.swarm;

import dev.dunlin.benchmark.websocket.ClientFrame;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Clients that subscribe and then read nothing, as a process does that hangs. */
public final class StalledLinks implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 4096;

    private final List<SocketChannel> all = new ArrayList<>();

    /** Opens one for each member at a node. Blocks. */
    public StalledLinks(URI node, List<Member> members) throws IOException {
        for (Member member : members) {
            SocketChannel one = SocketChannel.open();
            all.add(one);
            one.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            one.connect(new InetSocketAddress(node.getHost(), node.getPort()));
            one.write(Upgrade.dunlin(member.token()).request(node));
            readHead(one);
            byte[] subscribe = ("{\"type\":\"subscribe\",\"ref\":1,\"channel\":\"" + member.channel() + "\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            one.write(ClientFrame.masked(1, subscribe));
        }
    }

    private static void readHead(SocketChannel from) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(RECEIVE_BUFFER);
        while (Upgrade.end(read.array(), read.position()) < 0) {
            if (from.read(read) < 0) {
                throw new IOException("the handshake was refused");
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel one : all) {
            one.close();
        }
    }
}
