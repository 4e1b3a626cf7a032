package dev.dunlin.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.engines.tokens.PrivateFile;
import dev.dunlin.localstack.DataDirectory;
import dev.dunlin.localstack.LocalStack;
import dev.dunlin.localstack.cli.Control.Address;
import dev.dunlin.localstack.cli.Control.Answer;
import dev.dunlin.localstack.cli.Control.Question;
import dev.dunlin.protocol.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The launcher's end of {@link Control}. One virtual thread per question. */
final class ControlServer implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    private final ServerSocket socket;
    private final Path file;
    private final String secret;
    private final LocalStack stack;
    private final Runnable down;

    private ControlServer(ServerSocket socket, Path file, String secret, LocalStack stack, Runnable down) {
        this.socket = socket;
        this.file = file;
        this.secret = secret;
        this.stack = stack;
        this.down = down;
    }

    /** @param down ends the launcher; returns at once */
    static ControlServer start(DataDirectory data, LocalStack stack, Runnable down) throws IOException {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        ControlServer server = new ControlServer(socket, data.controlFile(), secret, stack, down);
        Thread.ofVirtual().name("control").start(server::listen);
        ProcessHandle self = ProcessHandle.current();
        Address address = new Address(
                socket.getLocalPort(),
                secret,
                self.pid(),
                ProcessRecords.startOf(self),
                stack.url().toString());
        PrivateFile.write(server.file, new String(Json.write(address), StandardCharsets.UTF_8));
        return server;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        socket.close();
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket asking = socket.accept();
                Thread.ofVirtual().name("question").start(() -> answer(asking));
            } catch (IOException e) {
                // closed, or a connection that was gone before it was there
            }
        }
    }

    private void answer(Socket asking) {
        try (asking) {
            asking.setSoTimeout(5_000);
            String line = new BufferedReader(new InputStreamReader(asking.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line != null) {
                Question question = Json.mapper().readValue(line, Question.class);
                asking.getOutputStream().write(Json.write(answer(question)));
                asking.getOutputStream().write('\n');
            }
        } catch (IOException e) {
            // the asker is gone
        }
    }

    private Answer answer(Question question) {
        if (!MessageDigest.isEqual(
                question.secret().getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8))) {
            return new Answer("forbidden", NullNode.getInstance());
        }
        try {
            return new Answer("", run(question));
        } catch (StackException e) {
            return new Answer(String.valueOf(e.getMessage()), NullNode.getInstance());
        } catch (InterruptedException e) {
            return new Answer("interrupted", NullNode.getInstance());
        }
    }

    private JsonNode run(Question question) throws InterruptedException {
        switch (question.command()) {
            case "status" -> {
                return Json.tree(stack.status());
            }
            case "stop" -> stack.stop(question.argument());
            case "start" -> stack.start(question.argument());
            case "restart" -> stack.restart(question.argument());
            case "down" -> down.run();
            default -> throw new StackException("The launcher does not know " + question.command());
        }
        return NullNode.getInstance();
    }
}
