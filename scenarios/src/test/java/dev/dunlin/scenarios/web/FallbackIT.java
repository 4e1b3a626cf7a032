package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The inspector's switches take the transports away one by one; the chat goes on. */
@OnSharedSuite
class FallbackIT extends PageTest {
    private static final HasTextOptions PATIENT = new HasTextOptions().setTimeout((double) PATIENCE.toMillis());

    private final UserId ann;
    private final UserId ben;
    private final ChannelName group;

    FallbackIT(Suite suite, Names names, HeadlessChromium chromium) {
        super(suite, names, chromium);
        ann = names.user("ann");
        ben = names.user("ben");
        group = group(ann, ben);
    }

    @Test
    void aBlockedWebSocketFallsBackToSseThenToPollingAndComesBackAndNothingIsLost() {
        ChatTab anns = open(ann, group);
        ChatTab bens = open(ben, group);
        Inspector inspector = anns.inspector();
        assertThat(inspector.used()).hasText("WebSocket", PATIENT);
        say(anns, bens, "over a socket");

        inspector.flip("Block WebSockets");
        bens.send("while it falls");
        assertThat(inspector.used()).hasText("Server-sent events", PATIENT);
        say(anns, bens, "over a stream");
        anns.screenshot("inspector-fallback");

        inspector.flip("Block event streams");
        bens.send("while it falls deeper");
        assertThat(inspector.used()).hasText("Long polling", PATIENT);
        say(anns, bens, "over polls");

        inspector.flip("Block WebSockets");
        inspector.flip("Block event streams");
        assertThat(inspector.used()).hasText("WebSocket", PATIENT);
        say(anns, bens, "over a socket again");

        List<String> all = List.of(
                "over a socket",
                "re: over a socket",
                "while it falls",
                "over a stream",
                "re: over a stream",
                "while it falls deeper",
                "over polls",
                "re: over polls",
                "over a socket again",
                "re: over a socket again");
        assertThat(anns.texts()).containsExactlyElementsOf(all);
        assertThat(bens.texts()).containsExactlyElementsOf(all);
        assertThat(inspector.happened("WebSocket → Server-sent events").first()).isVisible();
        assertThat(anns.scriptErrors()).isEmpty();
    }

    @Test
    void theInspectorShowsEachFrameWithItsContentAndTheLatency() {
        ChatTab anns = open(ann, group);
        Inspector inspector = anns.inspector();
        assertThat(inspector.frames("welcome")).hasCount(1);
        assertThat(inspector.latency()).not().hasText("–");

        anns.send("look at this");

        assertThat(inspector.frames("publish").first()).isVisible();
        assertThat(inspector.frames("ack").first()).isVisible();
        inspector.frames("publish").first().locator("summary").click();
        assertThat(inspector.frames("publish").first().locator("pre")).containsText("look at this");
        anns.screenshot("inspector");
        anns.page().keyboard().press("Escape");
        assertThat(anns.page().locator(".panel")).hasCount(0);
    }

    /** Says it, waits until both have it, and answers. */
    private static void say(ChatTab from, ChatTab to, String text) {
        from.send(text);
        assertThat(to.message(text)).isVisible();
        to.send("re: " + text);
        assertThat(from.message("re: " + text)).isVisible();
    }
}
