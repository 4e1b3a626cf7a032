package dev.dunlin.benchmark.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.benchmark.load.MessageIds;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The texts of the peers are those that the servers themselves were seen to send. */
class DialectTest {
    private final Dialect socketIo = new SocketIo();
    private final Dialect xmpp = new Xmpp(true);
    private final Dialect dunlin = new Dunlin(user -> "token-of-" + user);

    @Test
    void theHandshakeHasOnlyTheHeadersThatTheServerNeeds() {
        assertThat(request(dunlin.upgrade("alice")))
                .startsWith("GET /v1/ws?auto=false HTTP/1.1\r\nHost: 127.0.0.1:80\r\n")
                .contains("Sec-WebSocket-Protocol: dunlin.v1\r\n", "Authorization: Bearer token-of-alice\r\n")
                .endsWith("\r\n\r\n");
        assertThat(request(socketIo.upgrade("alice")))
                .startsWith("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n")
                .doesNotContain("Protocol", "Authorization");
        assertThat(request(xmpp.upgrade("alice"))).contains("Sec-WebSocket-Protocol: xmpp\r\n");
    }

    @Test
    void socketIoConnectsJoinsAndAnswersPings() {
        List<Turn> greeting = socketIo.greeting("alice");
        assertThat(greeting.get(0).say()).isEmpty();
        assertThat(greeting.get(0).isAnsweredBy("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":25000}"))
                .isTrue();
        assertThat(greeting.get(1).say()).isEqualTo("40");
        assertThat(greeting.get(1).isAnsweredBy("40{\"sid\":\"y\"}")).isTrue();
        Turn join = socketIo.subscribe("alice", "c1").getFirst();
        assertThat(join.say()).isEqualTo("420[\"join\",\"c1\"]");
        assertThat(join.isAnsweredBy("430[]")).isTrue();
        assertThat(join.isAnsweredBy("42[\"message\",{}]")).isFalse();
        assertThat(socketIo.pong("2")).contains("3");
        assertThat(socketIo.pong("42[\"message\",{}]")).isEmpty();
    }

    @Test
    void theIdOfASocketIoMessageIsFoundInItsAckAndInItsDelivery() {
        assertThat(publish(socketIo, "c1"))
                .startsWith("420[\"publish\",{\"channel\":\"c1\",\"id\":\"03-000000004\",\"data\":{\"text\":\"x")
                .endsWith("\"}}]");
        assertThat(number(socketIo, "430[{\"seq\":7,\"id\":\"03-000000004\"}]")).isEqualTo(4);
        assertThat(number(
                        socketIo, "42[\"message\",{\"channel\":\"c1\",\"seq\":7,\"id\":\"03-000000004\",\"data\":{}}]"))
                .isEqualTo(4);
    }

    @Test
    void xmppLogsInWithTheNameAndPasswordInBase64() {
        List<Turn> greeting = xmpp.greeting("alice");
        assertThat(greeting.get(2).say()).contains("mechanism='PLAIN'>AGFsaWNlAGJlbmNobWFyaw==</auth>");
        assertThat(greeting.get(2).isAnsweredBy("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"))
                .isTrue();
        assertThat(xmpp.beforePublishing("alice", "c1"))
                .hasSize(2)
                .allMatch(turn -> turn.say().contains("c1@conference.localhost"));
    }

    @Test
    void theIdOfAnXmppMessageIsFoundInTheCopiesOfTheRoom() {
        assertThat(publish(xmpp, "c1"))
                .startsWith("<message xmlns='jabber:client' type='groupchat' id='03-000000004'")
                .contains("<body>03-000000004|xxx");
        String copy = "<message xmlns='jabber:client' to='s0@localhost/1' from='c1@conference.localhost/p0'"
                + " type='groupchat' id='03-000000004'><stanza-id by='c1@conference.localhost' id='1795965972979918'"
                + " xmlns='urn:xmpp:sid:0'/><body>03-000000004|xxx</body></message>";
        assertThat(number(xmpp, copy)).isEqualTo(4);
        assertThat(xmpp.refusals(copy)).isEqualTo(Dialect.Refusals.NONE);
        assertThat(xmpp.refusals(copy.replace("type='groupchat'", "type='error'")))
                .isEqualTo(new Dialect.Refusals(1, 0));
    }

    @Test
    void dunlinsRefusalsAreCountedAlsoInAnArray() {
        String overloaded =
                "{\"type\":\"error\",\"ref\":\"01-000000001\",\"code\":\"overloaded\",\"message\":\"m\",\"retryAfterMs\":500}";
        String other = "{\"type\":\"error\",\"ref\":\"01-000000002\",\"code\":\"forbidden\",\"message\":\"m\"}";
        assertThat(dunlin.refusals(overloaded)).isEqualTo(new Dialect.Refusals(1, 1));
        assertThat(dunlin.refusals("[" + overloaded + "," + other + "," + overloaded + "]"))
                .isEqualTo(new Dialect.Refusals(3, 2));
        assertThat(dunlin.refusals("{\"type\":\"ack\",\"id\":\"01-000000001\"}"))
                .isEqualTo(Dialect.Refusals.NONE);
    }

    private static String request(Upgrade upgrade) {
        return StandardCharsets.US_ASCII
                .decode(upgrade.request(URI.create("http://127.0.0.1:80")))
                .toString();
    }

    private static String publish(Dialect dialect, String channel) {
        return new String(dialect.publish(channel, 100).with(3, 4), StandardCharsets.US_ASCII);
    }

    private static int number(Dialect dialect, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        byte[] before = dialect.beforeId().getBytes(StandardCharsets.US_ASCII);
        return MessageIds.number(bytes, MessageIds.find(before, bytes, 0, bytes.length));
    }
}
