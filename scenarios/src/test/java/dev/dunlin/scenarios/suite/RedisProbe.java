package dev.dunlin.scenarios.suite;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.PresenceShard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks Redis something over a plain socket: a scenario must not trust the code that it tests. */
public final class RedisProbe {
    private final URI uri;

    public RedisProbe(URI uri) {
        this.uri = uri;
    }

    /** How many connections subscribe a pub/sub channel. */
    public int subscribers(String channel) throws IOException {
        return number("PUBSUB NUMSUB " + channel);
    }

    /** Whether it is known when a user was last seen. */
    public boolean lastSeen(UserId user) throws IOException {
        return isThere("ZSCORE p:{" + PresenceShard.of(user) + "}:seen " + user);
    }

    /**
     * Closes the connections that subscribe, which miss what is published until they are back.
     * Returns how many.
     */
    public int cutSubscribers() throws IOException {
        return number("CLIENT KILL TYPE pubsub");
    }

    /** Deletes everything, as if Redis came back without its data. */
    public void empty() throws IOException {
        String unused = first("FLUSHALL", "+");
    }

    /** The first number of the answer to a command. */
    private int number(String command) throws IOException {
        return Integer.parseInt(first(command, ":"));
    }

    /** Whether the answer to a command is not nil. */
    private boolean isThere(String command) throws IOException {
        return !first(command, "$").equals("-1");
    }

    /** The first line of the answer of that kind, without its mark. */
    private String first(String command, String mark) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort());
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(Math.toIntExact(Suite.DEADLINE.toMillis()));
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                if (line.startsWith(mark)) {
                    return line.substring(1);
                }
                if (line.startsWith("-")) {
                    throw new IOException("Redis answered " + line);
                }
            }
            throw new IOException("Redis hung up");
        }
    }
}
