package dev.dunlin.client.example;

import dev.dunlin.client.ClientListener;
import dev.dunlin.client.ConnectionState;
import dev.dunlin.client.DunlinClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ServerFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Scanner;

/** Publishes each line of the input, and prints what others say. */
public final class ChatExample {
    private ChatExample() {}

    /** Takes the suite's address and a token. */
    public static void main(String[] arguments) {
        if (arguments.length != 2 || arguments[1].isBlank()) {
            throw new IllegalArgumentException("usage: ChatExample URL TOKEN");
        }
        ChannelName lobby = new ChannelName("room:lobby");
        ClientListener printer = new ClientListener() {
            @Override
            public void onEvent(ServerFrame.LogEvent event) {
                if (event instanceof ServerFrame.Message message) {
                    System.out.println(
                            message.from() + ": " + message.data().path("text").asText());
                }
            }

            @Override
            public void onState(ConnectionState state) {
                if (state instanceof ConnectionState.Waiting waiting) {
                    System.err.println(waiting.why());
                }
            }
        };
        try (DunlinClient client = DunlinClient.at(URI.create(arguments[0]), () -> arguments[1])
                        .listener(printer)
                        .build();
                Scanner input = new Scanner(System.in, StandardCharsets.UTF_8)) {
            client.connect().thenCompose(welcome -> client.subscribe(lobby)).join();
            while (input.hasNextLine()) {
                client.publish(lobby, Json.tree(Map.of("text", input.nextLine())))
                        .exceptionally(failure -> {
                            System.err.println("not sent: " + failure.getMessage());
                            return null;
                        });
            }
        } // close() waits up to 5 seconds for the acknowledgements
    }
}
