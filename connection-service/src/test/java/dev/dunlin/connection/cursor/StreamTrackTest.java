package dev.dunlin.connection.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.connection.cursor.StreamTrack.Kind;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamTrackTest {
    private static final Epoch EPOCH = new Epoch("e1");
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final UserId BOB = new UserId("bob");

    private final StreamTrack track = new StreamTrack(null);

    @Test
    void positionIsTheLastEventThatWasWritten() {
        track.await(0);
        assertThat(subscribed(null, null).kind()).isEqualTo(Kind.BEGUN);
        assertThat(track.settled()).isTrue();
        assertThat(position()).hasValue(5);
        assertThat(track.sent(message(6)).moved()).isTrue();
        assertThat(track.sent(Json.write(new ServerFrame.Deleted(ENG, 7, 6, BOB, 1)))
                        .moved())
                .isTrue();
        assertThat(position()).hasValue(7);
        track.sent(Json.write(new ServerFrame.Gap(ENG, 8, 11)));
        assertThat(position()).hasValue(11);
    }

    @Test
    void whatHasNoPlaceInTheLogMovesNothing() {
        track.await(0);
        subscribed(null, null);
        for (ServerFrame frame : new ServerFrame[] {
            new ServerFrame.Read(ENG, BOB, 900),
            new ServerFrame.Received(ENG, BOB, 900),
            new ServerFrame.Typing(ENG, BOB),
            new ServerFrame.Signal(ENG, BOB, TextNode.valueOf("{\"type\":\"message\",\"seq\":9}")),
            new ServerFrame.Pong(null)
        }) {
            assertThat(track.sent(Json.write(frame)).moved()).isFalse();
        }
        assertThat(position()).hasValue(5);
    }

    @Test
    void resumeStandsWhereTheReplayBegins() {
        track.await(0);
        assertThat(subscribed(3L, true).kind()).isEqualTo(Kind.RECOVERED);
        assertThat(position()).hasValue(3);
    }

    @Test
    void positionOfAChannelThatCannotBeHadNowIsKept() throws InvalidInput {
        Positions before = new Positions(null);
        before.start(ENG, EPOCH, 4);
        StreamTrack resumed = new StreamTrack(Cursor.parse(new String(before.toBytes(), StandardCharsets.US_ASCII)));
        resumed.await(0);
        StreamTrack.Sent sent =
                resumed.sent(Json.write(ServerFrame.ErrorReply.of(Ref.of(0), ErrorCode.UNAVAILABLE, "away")));
        assertThat(sent.kind()).isEqualTo(Kind.FAILED);
        assertThat(find(resumed)).hasValue(4);
        StreamTrack refused = new StreamTrack(Cursor.parse(new String(before.toBytes(), StandardCharsets.US_ASCII)));
        refused.await(0);
        assertThat(refused.sent(Json.write(ServerFrame.ErrorReply.of(Ref.of(0), ErrorCode.FORBIDDEN, "no")))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(find(refused)).isEmpty();
    }

    @Test
    void leftChannelIsForgotten() {
        track.await(0);
        subscribed(null, null);
        track.sent(Json.write(new ServerFrame.Unsubscribed(null, ENG)));
        assertThat(position()).isEmpty();
    }

    @Test
    void everyEventOfALogMovesTheCursor() {
        Set<Class<?>> events = Set.of(ServerFrame.LogEvent.class.getPermittedSubclasses());
        Set<String> types = Arrays.stream(
                        ServerFrame.class.getAnnotation(JsonSubTypes.class).value())
                .filter(type -> events.contains(type.value()))
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.toSet());
        assertThat(FrameHead.LOG_EVENTS).isEqualTo(types);
    }

    private StreamTrack.Sent subscribed(@Nullable Long from, @Nullable Boolean recovered) {
        return track.sent(Json.write(new ServerFrame.Subscribed(Ref.of(0), ENG, EPOCH, 5L, from, recovered)));
    }

    private static byte[] message(long seq) {
        return Json.write(new ServerFrame.Message(
                ENG, seq, new ClientMessageId("m"), BOB, 1, TextNode.valueOf("seq"), null, null, null, null));
    }

    private OptionalLong position() {
        return find(track);
    }

    private static OptionalLong find(StreamTrack track) {
        try {
            return Cursor.parse(new String(track.positions().toBytes(), StandardCharsets.US_ASCII))
                    .find(ENG, EPOCH);
        } catch (InvalidInput e) {
            throw new AssertionError(e);
        }
    }
}
