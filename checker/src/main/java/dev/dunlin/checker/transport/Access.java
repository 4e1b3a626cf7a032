package dev.dunlin.checker.transport;

import dev.dunlin.checker.workload.Who;
import dev.dunlin.client.TokenCache;
import dev.dunlin.client.link.LinkConnector;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How clients reach the suite.
 *
 * @param origin the origin of the gateway
 * @param tokens returns a fresh token for a user; may block
 * @param connector opens bare links
 */
public record Access(
        URI origin, HttpClient http, Function<Who, String> tokens, LinkConnector connector, InstantSource clock) {
    /** The same with another connector, for tests that break something in between. */
    public Access withConnector(LinkConnector other) {
        return new Access(origin, http, tokens, other, clock);
    }

    /** A REST client for a user. */
    public RestClient rest(Who who) {
        return new RestClient(
                http,
                origin,
                new TokenCache(
                        () -> tokens.apply(who),
                        clock,
                        task -> Thread.ofVirtual().start(task)));
    }

    /** The query that names the channels. */
    public static String channels(Collection<ChannelName> channels) {
        return channels.stream()
                .map(channel -> "channel=" + URLEncoder.encode(channel.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The URL of WebSockets, without automatic subscriptions. */
    public URI socket() {
        return URI.create(origin.toString().replaceFirst("^http", "ws") + "/v1/ws?auto=false");
    }
}
