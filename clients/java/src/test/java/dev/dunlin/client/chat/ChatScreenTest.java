package dev.dunlin.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatScreenTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aPipeGetsTimeNameAndText() {
        screen(false).event(message(Json.tree(Map.of("text", "hello"))));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("12:03 alice: hello" + System.lineSeparator());
    }

    @Test
    void whatIsNoTextIsShownAsJson() {
        screen(false).event(message(Json.tree(Map.of("price", 3))));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("alice: {\"price\":3}");
    }

    @Test
    void aMessageCannotSteerTheTerminal() {
        screen(true).event(message(Json.tree(Map.of("text", "a\u001b[2Jb\r\nc"))));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("a [2Jb  c");
    }

    @Test
    void aPipeGetsNoHints() {
        screen(false).typing(new UserId("bob"));
        screen(false).hint("hello");
        screen(false).eraseTyped();
        assertThat(out.size()).isZero();
    }

    private ChatScreen screen(boolean terminal) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new ChatScreen(stream, stream, ZoneOffset.UTC, terminal);
    }

    private static ServerFrame.Message message(com.fasterxml.jackson.databind.JsonNode data) {
        return new ServerFrame.Message(
                new ChannelName("room:lobby"),
                1,
                new ClientMessageId("m"),
                new UserId("alice"),
                Instant.parse("2026-11-22T12:03:04Z").toEpochMilli(),
                data,
                null,
                null,
                null,
                null);
    }
}
