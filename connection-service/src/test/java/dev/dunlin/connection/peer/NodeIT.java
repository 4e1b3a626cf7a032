package dev.dunlin.connection.peer;

import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.NodeId;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every test of a running node needs: the peer, names that no other test uses, and links that
 * are closed at the end.
 */
@SuppressWarnings("NullAway.Init") // fields are injected before any method runs
public abstract class NodeIT {
    @TestHTTPResource("/")
    URI http;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Redis redis;

    @Inject
    protected NodeId node;

    @ConfigProperty(name = "quarkus.rest-client.message-service.url")
    URI peerAddress;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<TestLink> links = new ArrayList<>();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    protected Peer peer;

    @BeforeEach
    @SuppressWarnings("NullAway")
    void startPeer() {
        peer = new Peer(peerAddress, kafka, redis);
        peer.serveOnly(node.value());
    }

    @AfterEach
    void stopPeer() {
        links.forEach(TestLink::close);
        peer.close();
        client.close();
    }

    /** A user or channel that only this test knows. */
    protected String own(String name) {
        return name + "-" + run;
    }

    /** A channel of this test that only these users read. */
    protected String group(String... members) {
        String channel = own("group:eng");
        peer.channel(channel, Arrays.stream(members).map(this::own).toArray(String[]::new));
        return channel;
    }

    protected HttpClient client() {
        return client;
    }

    protected URI http(String path) {
        return http.resolve(path);
    }

    /** Where {@code /q} and {@code /internal} are. */
    protected URI management(String path) {
        return management.resolve(path);
    }

    protected URI webSocket(String query) {
        return URI.create("ws://" + http.getAuthority() + "/v1/ws" + query);
    }

    /** A link that subscribes to nothing by itself; its welcome has been read. */
    protected TestLink link(String user) {
        TestLink link = connect(webSocket("?auto=false"), TestTokens.user(user));
        link.next("welcome");
        return link;
    }

    protected TestLink connect(URI uri, String token, String... subprotocols) {
        TestLink link = TestLink.connect(client, uri, token.isEmpty() ? null : token, subprotocols);
        links.add(link);
        return link;
    }

    /** A subscribed link. */
    protected TestLink subscribed(String user, String channel) {
        TestLink link = link(user);
        link.send("{'type':'subscribe','ref':'s','channel':'" + channel + "'}");
        link.next("subscribed");
        return link;
    }
}
