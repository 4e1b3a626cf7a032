package dev.dunlin.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.client.rest.ChannelUsers;
import dev.dunlin.client.rest.OwnPresence;
import dev.dunlin.examples.chat.ChatScreen.Reader;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ChannelUser;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.frame.VisibleTo;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatScreenTest {
    private static final long AT = Instant.parse("2026-11-22T12:03:04Z").toEpochMilli();

    private final List<String> lines = new ArrayList<>();

    @Test
    void aPipeGetsTimeNameAndText() {
        screen(Reader.PIPE).event(message(Json.tree(Map.of("text", "hello"))));
        assertThat(lines).containsExactly("12:03 alice: hello");
    }

    @Test
    void whatIsNoTextIsShownAsJson() {
        screen(Reader.PIPE).event(message(Json.tree(Map.of("price", 3))));
        assertThat(lines).singleElement().asString().endsWith("alice: {\"price\":3}");
    }

    @Test
    void aMessageCannotSteerTheTerminal() {
        screen(Reader.TERMINAL).event(message(Json.tree(Map.of("text", "a\u001b[2Jb\r\nc\u202ed"))));
        assertThat(lines).singleElement().asString().endsWith("a [2Jb  c d");
    }

    @Test
    void aPipeGetsNoHints() {
        screen(Reader.PIPE).typing(new UserId("bob"));
        screen(Reader.PIPE).presence(List.of(new UserPresence(new UserId("bob"), Status.ONLINE, null)));
        screen(Reader.PIPE).hint("hello");
        assertThat(lines).isEmpty();
    }

    @Test
    void peopleSeeTheNumberOfAMessageAndColoursOnlyWhereTheyAreWanted() {
        screen(Reader.TERMINAL).event(message(Json.tree(Map.of("text", "hello"))));
        screen(Reader.PLAIN_TERMINAL).event(message(Json.tree(Map.of("text", "hello"))));
        assertThat(lines.getFirst()).contains("\u001b[1malice");
        assertThat(lines.getLast()).isEqualTo("12:03 #1 alice: hello");
    }

    @Test
    void whatHappensToAMessageNamesIt() {
        ChatScreen screen = screen(Reader.PLAIN_TERMINAL);
        ChannelName lobby = new ChannelName("room:lobby");
        UserId bob = new UserId("bob");
        screen.event(new ServerFrame.Edited(lobby, 3, 1, bob, AT, Json.tree(Map.of("text", "better"))));
        screen.event(new ServerFrame.Deleted(lobby, 4, 1, bob, AT));
        screen.event(new ServerFrame.Reacted(lobby, 5, 1, bob, AT, new Emoji("+1"), null));
        screen.event(new ServerFrame.Reacted(lobby, 6, 1, bob, AT, new Emoji("+1"), true));
        assertThat(lines)
                .containsExactly(
                        "12:03 * bob edited #1: better",
                        "12:03 * bob deleted #1",
                        "12:03 * bob reacted +1 to #1",
                        "12:03 * bob took back +1 to #1");
    }

    @Test
    void whoIsHereIsOneLineEachAndCannotSteerTheTerminal() {
        UserId bob = new UserId("bob");
        UserPresence busy = new UserPresence(bob, Status.ONLINE, null, null, true, "In a\u001b[2J talk", null, null);
        screen(Reader.PIPE).who(List.of(busy, new UserPresence(new UserId("carol"), Status.OFFLINE, null)));
        screen(Reader.PIPE).who(new ChannelUsers(2, List.of(new ChannelUser(bob, 1, null)), "next"));
        screen(Reader.PIPE).status(new OwnPresence(busy, StatusChoice.NONE, VisibleTo.CONTACTS));
        assertThat(lines)
                .containsExactly(
                        "bob is online (do not disturb) In a [2J talk",
                        "carol is offline",
                        "2 here now: bob, and others",
                        "you are online (do not disturb) In a [2J talk; visible to contacts");
    }

    @Test
    void anAnswerOfSeveralLinesIsSeveralLinesAndAnErrorIsOne() {
        screen(Reader.PIPE).say("one\ntwo");
        screen(Reader.PIPE).error("three\nfour");
        assertThat(lines).containsExactly("one", "two", "dunlin chat: three four");
    }

    private ChatScreen screen(Reader reader) {
        return new ChatScreen(lines::add, lines::add, ZoneOffset.UTC, reader);
    }

    private static ServerFrame.Message message(com.fasterxml.jackson.databind.JsonNode data) {
        return new ServerFrame.Message(
                new ChannelName("room:lobby"),
                1,
                new ClientMessageId("m"),
                new UserId("alice"),
                AT,
                data,
                null,
                null,
                null,
                null);
    }
}
