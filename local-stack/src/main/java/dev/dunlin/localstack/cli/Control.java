package dev.dunlin.localstack.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.localstack.DataDirectory;
import dev.dunlin.protocol.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Asks the running launcher: one JSON line there, one back, on a loopback port that the file
 * {@code control} of the data directory names together with a secret. A file, since the path of a
 * Unix socket may have only 108 bytes. Blocks.
 */
final class Control {
    private final Address address;

    private Control(Address address) {
        this.address = address;
    }

    /**
     * What the file {@code control} has.
     *
     * @param pid of the launcher
     * @param start of the launcher, in ms since 1970
     */
    record Address(int port, String secret, long pid, long start, String url) {}

    /** One question. */
    record Question(String secret, String command, String argument) {}

    /**
     * One answer.
     *
     * @param error empty if all is well
     */
    record Answer(String error, JsonNode value) {}

    /** The launcher of that data directory, if one runs. */
    static Optional<Control> find(DataDirectory data) {
        if (!Files.isRegularFile(data.controlFile())) {
            return Optional.empty();
        }
        try {
            Address address = Json.mapper().readValue(Files.readString(data.controlFile()), Address.class);
            return Launchers.isAlive(address) ? Optional.of(new Control(address)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StackException(data.controlFile() + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Control require(DataDirectory data) {
        return find(data)
                .orElseThrow(() -> new StackException(
                        "Dunlin is not up (with the data in " + data.path() + "): start it with ./dev up"));
    }

    Address address() {
        return address;
    }

    <T> T ask(String command, String argument, TypeReference<T> type) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.port())) {
            socket.getOutputStream().write(Json.write(new Question(address.secret(), command, argument)));
            socket.getOutputStream().write('\n');
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                throw new StackException("The launcher (process " + address.pid() + ") gave no answer");
            }
            Answer answer = Json.mapper().readValue(line, Answer.class);
            if (!answer.error().isEmpty()) {
                throw new StackException(answer.error());
            }
            return Json.mapper().convertValue(answer.value(), type);
        } catch (IOException e) {
            throw new StackException(
                    "The launcher (process " + address.pid() + ") cannot be asked: " + e.getMessage(), e);
        }
    }
}
