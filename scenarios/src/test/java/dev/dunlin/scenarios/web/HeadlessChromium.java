package dev.dunlin.scenarios.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.dunlin.scenarios.suite.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine's own Chromium, driven by Playwright through the machine's own Node: nothing is
 * downloaded. Used by one thread.
 */
final class HeadlessChromium implements AutoCloseable {
    private static final List<String> ARGUMENTS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private HeadlessChromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts it. Where there is no Chromium or no Node, the tests are skipped, loudly; with the
     * environment variable {@code DUNLIN_REQUIRE_BROWSER=true} they fail.
     */
    static HeadlessChromium start() {
        Optional<Path> chromium = Programs.findChromium();
        Optional<Path> node = Programs.findNode();
        if (chromium.isEmpty() || node.isEmpty()) {
            throw chromium.isEmpty()
                    ? Missing.program("The tests of the pages", "Chromium", "chromium")
                    : Missing.program("The tests of the pages", "Node", "nodejs");
        }
        // An expectation waits for as long as a busy machine may need; one that holds waits for
        // nothing.
        PlaywrightAssertions.setDefaultAssertionTimeout((double) Suite.DEADLINE.toMillis());
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.orElseThrow().toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
        try {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium.orElseThrow())
                            .setArgs(ARGUMENTS));
            return new HeadlessChromium(playwright, browser);
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
