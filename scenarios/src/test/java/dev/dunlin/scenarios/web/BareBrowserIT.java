package dev.dunlin.scenarios.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The browser's own {@code EventSource} and {@code WebSocket}, with nothing of ours in the page.
 */
@OnStruckSuite
class BareBrowserIT extends PageTest {
    private static final int EACH = 20;

    private final UserId ann;
    private final ChannelName room;
    private final ChatTab tab;
    private final Page page;

    BareBrowserIT(Suite suite, Names names, HeadlessChromium chromium) {
        super(suite, names, chromium);
        ann = names.user("ann");
        room = names.room("bare");
        // Any address will do that loads no script and whose policy allows it to connect to its
        // origin.
        tab = ChatTab.openAt(
                chromium.browser(), Looks.desktop(), suite.gateway().resolve("/favicon.svg"));
        page = tab.page();
        page.evaluate("room => { window.room = room; window.heard = []; }", room.value());
    }

    @Test
    void anEventSourceComesBackByItselfAfterItsNodeWasKilledAndHearsEachEventOnce() {
        page.evaluate("""
                async user => {
                  const headers = { "Content-Type": "application/json" };
                  await fetch("/dev/tokens", { method: "POST", headers, body: JSON.stringify({ user, cookie: true }) });
                  window.opens = 0;
                  const source = new EventSource(`/v1/events?channel=${room}`);
                  source.addEventListener("open", () => window.opens++);
                  source.addEventListener("welcome", ({ data }) => (window.node = JSON.parse(data).node));
                  source.addEventListener("subscribed", ({ data }) => (window.subscribed = JSON.parse(data)));
                  source.addEventListener("message", ({ data }) => heard.push(JSON.parse(data).data.text));
                }
                """, ann.value());
        awaitIn(tab, () -> isTrue("window.subscribed !== undefined"));
        publish(0);
        awaitIn(tab, () -> heard().size() == EACH);

        suite.kill((String) page.evaluate("window.node"));
        publish(EACH);
        awaitIn(tab, () -> isTrue("window.opens > 1"));
        publish(2 * EACH);

        awaitIn(tab, () -> heard().size() >= 3 * EACH);
        assertThat(heard()).isEqualTo(texts(3 * EACH));
        assertThat(isTrue("window.subscribed.recovered")).isTrue();
        suite.awaitHealthy();
    }

    @Test
    void aWebSocketSubscribesPublishesAndResumesOnTheOtherNode() {
        page.evaluate("token => (window.token = token)", suite.stack().userToken(ann.value()));
        page.evaluate("""
                window.acks = [];
                window.connect = after => {
                  const socket = (window.socket = new WebSocket(location.origin.replace("http", "ws") + "/v1/ws", ["dunlin.v1", `bearer.${token}`]));
                  window.closed = window.subscribed = undefined;
                  socket.onclose = ({ code }) => {
                    window.closed = code;
                    // A node that starts again may refuse at first.
                    if (window.again) setTimeout(() => connect(window.position), 300);
                  };
                  socket.onmessage = ({ data }) => {
                    for (const frame of [JSON.parse(data)].flat()) {
                      if (frame.type === "welcome") {
                        window.node = frame.node;
                        socket.send(JSON.stringify({ type: "subscribe", ref: 1, channel: room, ...(after && { after }) }));
                      }
                      if (frame.type === "subscribed") window.subscribed = frame;
                      if (frame.type === "ack") acks.push(frame);
                      if (frame.type === "message") {
                        heard.push(frame.data.text);
                        window.position = { epoch: window.subscribed.epoch, seq: frame.seq };
                      }
                    }
                  };
                };
                connect();
                """);
        awaitIn(tab, () -> isTrue("window.subscribed !== undefined"));
        page.evaluate("""
                for (let i = 0; i < 20; i++) {
                  socket.send(JSON.stringify({ type: "publish", ref: `p${i}`, channel: room, id: `own-${i}`, data: { text: `text ${i}` } }));
                }
                """);
        awaitIn(tab, () -> isTrue("acks.length === 20 && heard.length === 20"));
        assertThat(isTrue("socket.protocol === 'dunlin.v1'")).isTrue();
        assertThat(isTrue("acks.every(({ ref, seq }, i) => ref === `p${i}` && seq > 0)"))
                .isTrue();

        suite.kill((String) page.evaluate("window.node"));
        awaitIn(tab, () -> isTrue("window.closed !== undefined"));
        publish(EACH);
        page.evaluate("window.again = true; connect(window.position);");

        awaitIn(tab, () -> heard().size() >= 2 * EACH);
        assertThat(heard()).isEqualTo(texts(2 * EACH));
        assertThat(isTrue("window.subscribed.recovered")).isTrue();
        suite.awaitHealthy();
    }

    private void publish(int first) {
        for (int i = first; i < first + EACH; i++) {
            suite.rest(ann)
                    .publish(room, new ClientMessageId("by-rest-" + i), Json.tree(Map.of("text", "text " + i)))
                    .join();
        }
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
    }

    private List<?> heard() {
        return (List<?>) page.evaluate("window.heard");
    }

    private boolean isTrue(String script) {
        return (boolean) page.evaluate(script);
    }
}
