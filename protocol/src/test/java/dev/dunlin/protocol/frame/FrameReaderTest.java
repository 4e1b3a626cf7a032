package dev.dunlin.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.FrameReader.Incoming;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameReaderTest {
    @Test
    void publishKeepsRefAndData() {
        assertThat(read("{'type':'publish','ref':7,'channel':'group:eng','id':'m1','data':null,'later':1}"))
                .containsExactly(new Incoming.Valid(new ClientFrame.Publish(
                        Ref.of(7),
                        new ChannelName("group:eng"),
                        new ClientMessageId("m1"),
                        NullNode.getInstance(),
                        null)));
    }

    @Test
    void arrayHoldsSeveralFrames() {
        assertThat(read("[{'type':'ping'},{'type':'away'},3]"))
                .containsExactly(
                        new Incoming.Valid(new ClientFrame.Ping(null)),
                        new Incoming.Valid(new ClientFrame.Away()),
                        new Incoming.Invalid(null, ErrorCode.BAD_REQUEST, "a frame must be a JSON object"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'dance','ref':'a'} | UNKNOWN_TYPE | type: 'dance' is not a known type",
                "{'ref':'a'} | BAD_REQUEST | type: is required and must be a string",
                "{'type':5,'ref':'a'} | BAD_REQUEST | type: is required and must be a string",
                "{'type':'subscribe','ref':'a'} | BAD_REQUEST | channel: is required",
                "{'type':'subscribe','ref':'a','channel':5} | BAD_REQUEST | channel: must be a string",
                "{'type':'subscribe','ref':'a','channel':'x'} | BAD_REQUEST | channel: must be namespace:name, 1 to 128 characters of [A-Za-z0-9_.:@-]",
                "{'type':'subscribe','ref':'a','channel':'dm:b:a'} | BAD_REQUEST | channel: must be dm:userA:userB with two different users in byte order",
                "{'type':'subscribe','ref':'a','channel':'room:x','after':{'seq':-1}} | BAD_REQUEST | after: seq: must be a whole number of 0 or more",
                "{'type':'subscribe','ref':'a','channel':'room:x','after':{'seq':'1'}} | BAD_REQUEST | after.seq: must be a whole number",
                "{'type':'subscribe','ref':'a','channel':'room:x','after':{'seq':1.5}} | BAD_REQUEST | after.seq: must be a whole number",
                "{'type':'publish','ref':'a','channel':'room:x','id':'m'} | BAD_REQUEST | data: is required",
                "{'type':'publish','ref':'a','channel':'room:x','data':1} | BAD_REQUEST | id: is required",
                "{'type':'edit','ref':'a','channel':'room:x','seq':0,'data':1} | BAD_REQUEST | seq: must be a whole number of 1 or more",
                "{'type':'publish','ref':'a','channel':'room:x','id':'m','data':1,'mentions':['..']} | BAD_REQUEST | mentions: must not be . or .., which no URL can name",
                "{'type':'react','ref':'a','channel':'room:x','seq':1,'emoji':'..'} | BAD_REQUEST | emoji: must not be . or .., which no URL can name",
                "{'type':'presence','ref':'a','users':[]} | BAD_REQUEST | users: must be 1 to 100 users",
                "{'type':'presence','ref':'a','users':['a b']} | BAD_REQUEST | users.0: must be 1 to 64 characters of [A-Za-z0-9_.@-]",
                "{'type':'presence','ref':'a','users':'bob'} | BAD_REQUEST | users: must be a list",
                "{'type':'publish','ref':'a','channel':'room:x','id':{},'data':1} | BAD_REQUEST | id: must be a string",
            })
    void brokenFramesAreExplainedToTheSender(String text, ErrorCode code, String message) {
        assertThat(read(text)).containsExactly(new Incoming.Invalid(Ref.of("a"), code, message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | not JSON: line 1, column 2",
                "`` | not JSON: the text is empty",
                "{'type':'ping'} x | not JSON: line 1, column 17",
                "5 | a frame must be a JSON object",
                "{'type':'ping','ref':1e99999999999} | not JSON: a number's exponent must be from -400 to 400",
            })
    void whatIsNoFrameIsExplainedWithoutRef(String text, String message) {
        assertThat(read(text)).containsExactly(new Incoming.Invalid(null, ErrorCode.BAD_REQUEST, message));
    }

    @Test
    void refThatCannotBeRepeatedIsRefused() {
        assertThat(read("{'type':'ping','ref':{}}"))
                .containsExactly(new Incoming.Invalid(
                        null, ErrorCode.BAD_REQUEST, "ref: must be a number or a string of at most 64 characters"));
    }

    private static List<Incoming> read(String text) {
        return FrameReader.readClientFrames(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
