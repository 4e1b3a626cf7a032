package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.dunlin.protocol.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The notifications of one browser, turned on for the user of a tab, and its service worker,
 * reached by DevTools. Used by one thread.
 */
final class Notifications {
    private final Browser browser;
    private final ChatTab tab;
    private final URI gateway;

    private Notifications(Browser browser, ChatTab tab, URI gateway) {
        this.browser = browser;
        this.tab = tab;
        this.gateway = gateway;
    }

    /** What the browser shows. */
    record Shown(String tag, String title, String body, boolean silent) {}

    /** Turns them on in the settings of the tab, which stay open. */
    static Notifications turnOn(Browser browser, ChatTab tab, URI gateway) {
        tab.allowNotifications();
        tab.button("Notification settings").click();
        tab.button("Turn on notifications").click();
        assertThat(tab.button("Turn off notifications")).isVisible();
        return new Notifications(browser, tab, gateway);
    }

    /** What is shown now, the oldest first. */
    List<Shown> shown() {
        return shownIn(tab);
    }

    /** The same, asked in another tab of the browser. */
    static List<Shown> shownIn(ChatTab tab) {
        List<?> all = (List<?>) tab.page().evaluate("""
                async () => {
                  const registration = await navigator.serviceWorker.ready;
                  const shown = await registration.getNotifications();
                  return shown.map(({ tag, title, body, silent }) => [tag, title, body, silent ?? false]);
                }
                """);
        return all.stream()
                .map(List.class::cast)
                .map(one ->
                        new Shown((String) one.get(0), (String) one.get(1), (String) one.get(2), (boolean) one.get(3)))
                .toList();
    }

    /** Gives a payload to the service worker, as the browser's push service does. */
    void push(Map<String, Object> payload) {
        CDPSession devTools = tab.devTools();
        List<String> registrations = new ArrayList<>();
        devTools.on("ServiceWorker.workerRegistrationUpdated", event -> {
            for (JsonElement one : event.getAsJsonArray("registrations")) {
                registrations.add(one.getAsJsonObject().get("registrationId").getAsString());
            }
        });
        devTools.send("ServiceWorker.enable");
        PageTest.awaitIn(tab, () -> !registrations.isEmpty());
        JsonObject message = new JsonObject();
        message.addProperty("origin", gateway.toString());
        message.addProperty("registrationId", registrations.getFirst());
        message.addProperty("data", new String(Json.write(payload), StandardCharsets.UTF_8));
        devTools.send("ServiceWorker.deliverPushMessage", message);
        devTools.detach();
    }

    /**
     * Clicks on the notification with that tag. A click of a script may not focus a page or open
     * one.
     */
    void click(String tag) {
        CDPSession devTools = browser.newBrowserCDPSession();
        String worker = "";
        for (JsonElement one : devTools.send("Target.getTargets").getAsJsonArray("targetInfos")) {
            JsonObject target = one.getAsJsonObject();
            if (target.get("type").getAsString().equals("service_worker")
                    && target.get("url").getAsString().startsWith(gateway.toString())) {
                worker = target.get("targetId").getAsString();
            }
        }
        JsonObject attach = new JsonObject();
        attach.addProperty("targetId", worker);
        attach.addProperty("flatten", false);
        JsonObject message = new JsonObject();
        message.add("sessionId", devTools.send("Target.attachToTarget", attach).get("sessionId"));
        String script = "registration.getNotifications({ tag: '" + tag + "' }).then(([notification]) =>"
                + " dispatchEvent(new NotificationEvent('notificationclick', { notification })))";
        Map<String, Object> evaluate =
                Map.of("id", 1, "method", "Runtime.evaluate", "params", Map.of("expression", script));
        message.addProperty("message", new String(Json.write(evaluate), StandardCharsets.UTF_8));
        devTools.send("Target.sendMessageToTarget", message);
        devTools.detach();
    }

    /** The user's own status: notifications come as if nobody were there. */
    static void goAway(ChatTab tab) {
        tab.button("Set your status").click();
        tab.page().getByText("Away", new Page.GetByTextOptions().setExact(true)).click();
        tab.page()
                .getByRole(AriaRole.DIALOG)
                .getByText("Save", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(tab.heading("Your status")).isHidden();
    }
}
