package dev.dunlin.scenarios.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page from a developer's own server on another port, in a real browser. */
@OnSharedSuite
class CrossOriginPageIT extends PageTest {
    private static final byte[] BLANK = "<!doctype html><title>elsewhere</title>".getBytes(UTF_8);

    private final HttpServer elsewhere;
    private final Page page;
    private final ChannelName room;

    CrossOriginPageIT(Suite suite, Names names, HeadlessChromium chromium) throws IOException {
        super(suite, names, chromium);
        room = names.room("elsewhere");
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, BLANK.length);
            exchange.getResponseBody().write(BLANK);
            exchange.close();
        });
        elsewhere.start();
        URI blank = URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/");
        page = ChatTab.openAt(chromium.browser(), Looks.desktop(), blank).page();
    }

    @AfterEach
    void stop() {
        elsewhere.stop(0);
    }

    @Test
    void itSignsInPublishesAndReadsStreamsPollsAndRefusals() {
        Object seen = page.evaluate(
                """
                async ([gateway, user, room]) => {
                  const json = { "Content-Type": "application/json" };
                  const { token } = await (
                    await fetch(gateway + "/dev/tokens", { method: "POST", headers: json, body: JSON.stringify({ user }) })
                  ).json();
                  const headers = { Authorization: "Bearer " + token };
                  const refused = await fetch(gateway + "/v1/channels");
                  const published = await fetch(`${gateway}/v1/channels/${room}/messages`, {
                    method: "POST",
                    headers: { ...json, ...headers, "Idempotency-Key": "k" },
                    body: JSON.stringify({ id: "m", data: "hello" }),
                  });
                  const poll = await fetch(`${gateway}/v1/poll?timeout=1&channel=${room}`, { headers });
                  const stream = await fetch(`${gateway}/v1/events?channel=${room}`, {
                    headers: { ...headers, "Last-Event-ID": (await poll.json()).cursor },
                  });
                  const reader = stream.body.getReader();
                  const chunk = new TextDecoder().decode((await reader.read()).value);
                  await reader.cancel();
                  return [refused.status, published.status, poll.status, stream.status, chunk.length > 0];
                }
                """, List.of(suite.gateway().toString(), names.user("dev").value(), room.value()));
        assertThat(seen).isEqualTo(List.of(401, 201, 200, 200, true));
    }

    @Test
    void aServiceItselfAnswersItTooAndTheBrowserKeepsCookiesBack() {
        Object seen = page.evaluate(
                """
                async ([service, token]) => {
                  const headers = { Authorization: "Bearer " + token };
                  const plain = await fetch(service + "/v1/channels", { headers });
                  const credentials = await fetch(service + "/v1/channels", { headers, credentials: "include" }).then(
                    () => "read",
                    () => "refused",
                  );
                  return { plain: plain.status, credentials };
                }
                """,
                List.of(
                        suite.stack().url("message-service"),
                        suite.stack().userToken(names.user("dev").value())));
        assertThat(seen).isEqualTo(Map.of("plain", 200, "credentials", "refused"));
    }
}
