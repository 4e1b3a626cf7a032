package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One person's tab with the chat page, found as a screen reader finds things. Used by one thread.
 */
final class ChatTab implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final BrowserContext context;
    private final Page page;
    private final List<String> scriptErrors = new ArrayList<>();

    private ChatTab(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.onPageError(scriptErrors::add);
    }

    /** Opens the page as this user on this channel, in a browser profile of its own. */
    static ChatTab open(Browser browser, Browser.NewContextOptions look, URI gateway, String user, String channel) {
        ChatTab tab = new ChatTab(browser.newContext(look));
        tab.page.navigate(
                gateway.resolve("/?user=" + user + "&channel=" + channel).toString());
        return tab;
    }

    /** Opens the page as somebody comes to it for the first time. */
    static ChatTab openSignIn(Browser browser, URI gateway) {
        ChatTab tab = new ChatTab(browser.newContext());
        tab.page.navigate(gateway.resolve("/").toString());
        return tab;
    }

    /** Opens any page. */
    static ChatTab openAt(Browser browser, Browser.NewContextOptions look, URI address) {
        ChatTab tab = new ChatTab(browser.newContext(look));
        tab.page.navigate(address.toString());
        return tab;
    }

    /** Opens another tab of this browser, for another user. */
    ChatTab beside(URI gateway, String user, String channel) {
        ChatTab tab = new ChatTab(context);
        tab.page.navigate(
                gateway.resolve("/?user=" + user + "&channel=" + channel).toString());
        return tab;
    }

    /** Answers the browser's question in advance. */
    void allowNotifications() {
        context.grantPermissions(List.of("notifications"));
    }

    /** What DevTools can do with this tab. */
    CDPSession devTools() {
        return context.newCDPSession(page);
    }

    void signIn(String user) {
        page.getByLabel("Your name").fill(user);
        button("Start chatting").click();
    }

    /** Goes to a room that may be new, by the dialog. */
    void openRoom(String name) {
        button("New conversation").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        button("Open").click();
        assertThat(heading(name)).isVisible();
    }

    /** Waits until the channel is open and one can write. */
    ChatTab ready() {
        assertThat(messages()).hasAttribute("aria-busy", "false");
        assertThat(banner()).isEmpty();
        return this;
    }

    void send(String text) {
        box().fill(text);
        box().press("Enter");
    }

    /** Publishes as this tab's user, past the page. */
    void publishByRest(String channel, String text) {
        page.evaluate("""
                async ([channel, text]) => {
                  const post = (path, token, body) => fetch(path, {
                    method: "POST",
                    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
                    body: JSON.stringify(body),
                  });
                  const user = sessionStorage.getItem("user");
                  const { token } = await (await post("/dev/tokens", "", { user })).json();
                  const path = `/v1/channels/${encodeURIComponent(channel)}/messages`;
                  const { status } = await post(path, token, { id: crypto.randomUUID(), data: { text } });
                  if (status !== 201) throw new Error(`the publish was answered with ${status}`);
                }
                """, List.of(channel, text));
    }

    void type(String text) {
        box().pressSequentially(text);
    }

    Locator box() {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message to"));
    }

    Locator messages() {
        return page.getByRole(AriaRole.LOG);
    }

    /** The messages with exactly this text. */
    Locator message(String text) {
        return messages().locator(".text").getByText(text, new Locator.GetByTextOptions().setExact(true));
    }

    /** One's own messages that have no place in the log yet. */
    Locator pending() {
        return messages().locator(".pending");
    }

    /** What is said about the link; empty when it is up. */
    Locator banner() {
        return page.getByRole(AriaRole.STATUS, new Page.GetByRoleOptions().setName("Connection"));
    }

    /** One message with all that hangs on it. */
    Locator bubble(String text) {
        return messages().locator(".bubble").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** Opens what can be done with a message, by the mouse. */
    void menu(String text) {
        bubble(text).hover();
        bubble(text)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Actions"))
                .click();
    }

    Locator menuItem(String name) {
        return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name));
    }

    /** A reaction under one of the messages. */
    Locator reaction(String emoji) {
        return messages().locator(".reaction").filter(new Locator.FilterOptions().setHasText(emoji));
    }

    /** The conversations of the list, from the top. */
    Locator conversations() {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Channels"))
                .getByRole(AriaRole.BUTTON);
    }

    /** The texts of all messages, from the top. */
    List<String> texts() {
        return messages().locator(".bubble[data-seq] .text").allInnerTexts();
    }

    Inspector inspector() {
        return Inspector.open(page);
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Page page() {
        return page;
    }

    /** Cuts and mends the tab's network. */
    void offline(boolean offline) {
        context.setOffline(offline);
    }

    /** Keeps a picture for whoever wants to look; the build keeps it, and compares nothing. */
    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** Errors that scripts of the page did not catch. */
    List<String> scriptErrors() {
        return List.copyOf(scriptErrors);
    }

    @Override
    public void close() {
        context.close();
    }
}
