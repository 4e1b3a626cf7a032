package dev.dunlin.benchmark.dialect;

import dev.dunlin.benchmark.load.Payload;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * XMPP over WebSocket (RFC 7395) with multi-user chat (XEP-0045). A channel is a room. The room's
 * own copy of a message is the ack of who published it: the server has archived it by then.
 *
 * @param registers whether users first make their account in-band (XEP-0077)
 */
public record Xmpp(boolean registers) implements Dialect {
    private static final String HOST = "localhost";
    private static final String ROOMS = "@conference." + HOST;
    private static final String PASSWORD = "benchmark";
    private static final String OPEN =
            "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='" + HOST + "' version='1.0'/>";

    @Override
    public Upgrade upgrade(String user) {
        return new Upgrade("/ws", Optional.of("xmpp"), Optional.empty());
    }

    /** An account that exists already is an answer, too. */
    @Override
    public List<Turn> greeting(String user) {
        String login =
                Base64.getEncoder().encodeToString(("\0" + user + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Turn register = Turn.of(
                "<iq xmlns='jabber:client' type='set' id='register' to='" + HOST
                        + "'><query xmlns='jabber:iq:register'><username>" + user
                        + "</username><password>" + PASSWORD
                        + "</password></query></iq>",
                "id='register'");
        List<Turn> turns = List.of(
                Turn.of(OPEN, "features"),
                register,
                Turn.of(
                        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + login + "</auth>",
                        "<success"),
                Turn.of(OPEN, "features"),
                Turn.of(
                        "<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>",
                        "id='bind'"),
                Turn.of("<presence xmlns='jabber:client'/>", "<presence"));
        return turns.stream()
                .filter(turn -> registers || !turn.equals(register))
                .toList();
    }

    @Override
    public Dialect forKnownUsers() {
        return new Xmpp(false);
    }

    @Override
    public List<Turn> subscribe(String user, String channel) {
        return List.of(Turn.of(
                "<presence xmlns='jabber:client' to='" + channel + ROOMS + "/" + user
                        + "'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>",
                "code='110'"));
    }

    /** The first who enters makes the room and accepts its defaults. */
    @Override
    public List<Turn> beforePublishing(String user, String channel) {
        return List.of(
                subscribe(user, channel).getFirst(),
                Turn.of(
                        "<iq xmlns='jabber:client' type='set' id='own-" + channel + "' to='"
                                + channel + ROOMS
                                + "'><query xmlns='http://jabber.org/protocol/muc#owner'>"
                                + "<x xmlns='jabber:x:data' type='submit'/></query></iq>",
                        "id='own-" + channel + "'"));
    }

    @Override
    public Payload.Template publish(String channel, int bytes) {
        return new Payload.Template("<message xmlns='jabber:client' type='groupchat' id='"
                + Payload.ID + "' to='" + channel + ROOMS + "'><body>" + Payload.ID + "|"
                + "x".repeat(bytes) + "</body></message>");
    }

    @Override
    public String beforeId() {
        return "<body>";
    }

    @Override
    public Optional<String> pong(String text) {
        return Optional.empty();
    }

    /** The server returns a message that it does not take. */
    @Override
    public Refusals refusals(String text) {
        return text.contains("type='error'") ? new Refusals(1, 0) : Refusals.NONE;
    }
}
