package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Suite;
import org.junit.jupiter.api.Test;

/** The ticker, which has nothing but the browser's own {@code EventSource}. */
@OnStruckSuite
class TickerPageIT extends PageTest {
    private static final int ENOUGH = 200;

    TickerPageIT(Suite suite, Names names, HeadlessChromium chromium) {
        super(suite, names, chromium);
    }

    @Test
    void aHundredPricesASecondAreDrawnAndTheLossOfTheNodeCostsNone() {
        ChatTab tab = ChatTab.openAt(
                chromium.browser(), Looks.desktop(), suite.gateway().resolve("/ticker?rate=100"));
        Locator stream = tab.page().locator(".stream");
        awaitIn(tab, () -> updates(tab) > ENOUGH);
        assertThat(stream).containsText("Streaming from connection-");
        assertThat(inked(tab.page().locator("dunlin-chart.large canvas"))).isGreaterThan(500);
        tab.screenshot("ticker");
        Accessibility.check(tab.page());

        suite.kill(stream.innerText().replaceFirst("Streaming from ", ""));
        awaitIn(tab, () -> number(tab, "resumes") > 0);
        long then = updates(tab);
        awaitIn(tab, () -> updates(tab) > then + ENOUGH);

        assertThat(number(tab, "missed")).isZero();
        assertThat(number(tab, "doubled")).isZero();
        tab.page().getByText("Off").click();
        assertThat(tab.scriptErrors()).isEmpty();
        suite.awaitHealthy();
    }

    @Test
    void itFitsAPhone() {
        ChatTab tab = ChatTab.openAt(
                chromium.browser(), Looks.phone(), suite.gateway().resolve("/ticker?rate=10"));
        awaitIn(tab, () -> updates(tab) > 10);
        assertThat(tab.page().evaluate("document.documentElement.scrollWidth > innerWidth"))
                .isEqualTo(false);
        Accessibility.check(tab.page());
        tab.screenshot("ticker-phone-dark");

        tab.page().getByText("Bitcoin").click();
        assertThat(tab.page().locator(".ticker-head h2")).hasText("Bitcoin");
        tab.page().getByText("Off").click();
    }

    private static long updates(ChatTab tab) {
        return number(tab, "updates");
    }

    private static long number(ChatTab tab, String name) {
        return Long.parseLong(
                tab.page().locator("[data-" + name + "]").innerText().replaceAll("[^0-9]", ""));
    }

    /** How many of the picture's points have a colour. */
    private static int inked(Locator canvas) {
        return (int) canvas.evaluate("""
                canvas => {
                  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                  let inked = 0;
                  for (let point = 3; point < data.length; point += 4) if (data[point] > 100) inked++;
                  return inked;
                }
                """);
    }
}
