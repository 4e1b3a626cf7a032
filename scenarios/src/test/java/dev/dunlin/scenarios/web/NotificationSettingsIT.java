package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user wants to be notified of, and the panel that shows what is sent. */
@OnSharedSuite
class NotificationSettingsIT extends PageTest {
    private final UserId alice;
    private final UserId bob;
    private final ChannelName group;

    NotificationSettingsIT(Suite suite, Names names, HeadlessChromium chromium) {
        super(suite, names, chromium);
        alice = names.user("alice");
        bob = names.user("bob");
        group = group(alice, bob);
    }

    @Test
    void aMutedConversationDoesNotNotify() throws IOException {
        ChannelName direct = new ChannelName("dm:" + alice + ":" + bob);
        ChatTab tab = open(bob, group);
        Notifications notifications = Notifications.turnOn(chromium.browser(), tab, suite.gateway());
        choice(form(tab, group), "Mute").selectOption("Until I turn it off");
        save(tab, group);
        Notifications.goAway(tab);
        tab.openRoom("elsewhere");

        ChatTab other = open(alice, group);
        other.send("muted");
        assertThat(other.pending()).hasCount(0);
        other.publishByRest(direct.value(), "not muted");

        awaitIn(tab, () -> !notifications.shown().isEmpty());
        assertThat(notifications.shown()).extracting(Notifications.Shown::body).containsExactly("not muted");
        assertThat(explain(1)).isEqualTo("muted");
    }

    @Test
    void whatIsSavedIsThereAgainAndWhatIsWrongSaysSo() throws IOException {
        ChatTab tab = open(bob, group);
        tab.button("Notification settings").click();
        Locator everywhere = everywhere(tab);
        choice(everywhere, "Notify me of").selectOption("Mentions and direct messages");
        choice(everywhere, "Mute").selectOption("For 8 hours");
        choice(everywhere, "Show").selectOption("Sender only");
        flip(everywhere, "Quiet hours");
        everywhere.getByLabel("From").fill("21:30");
        everywhere
                .getByLabel("To", new Locator.GetByLabelOptions().setExact(true))
                .fill("21:30");
        saveButton(everywhere).click();
        assertThat(tab.page().getByText("from and to must differ")).isVisible();

        everywhere
                .getByLabel("To", new Locator.GetByLabelOptions().setExact(true))
                .fill("06:15");
        flip(everywhere, "Sound");
        saveButton(everywhere).click();
        assertThat(everywhere.getByText("Saved")).isVisible();
        choice(form(tab, group), "Notify me of").selectOption("Nothing");
        save(tab, group);
        tab.page().reload();
        tab.button("Notification settings").click();

        assertThat(chosen(everywhere, "Notify me of")).hasText("Mentions and direct messages");
        assertThat(chosen(everywhere, "Mute")).containsText("Until ");
        assertThat(chosen(everywhere, "Show")).hasText("Sender only");
        assertThat(everywhere.getByLabel("From")).hasValue("21:30");
        assertThat(everywhere.getByLabel("To", new Locator.GetByLabelOptions().setExact(true)))
                .hasValue("06:15");
        assertThat(toggle(everywhere, "Sound")).not().isChecked();
        assertThat(toggle(everywhere, "Number on the app's icon")).isChecked();
        assertThat(chosen(form(tab, group), "Notify me of")).hasText("Nothing");

        choice(form(tab, group), "Notify me of").selectOption("As everywhere");
        save(tab, group);
        assertThat(preferences()).doesNotContain("channels").contains("\"zone\":\"");
    }

    @Test
    void theInspectorShowsPushesAndWebhooksAsTheyLeave() {
        ChatTab tab = open(bob, new ChannelName("room:lobby"));
        Notifications notifications = Notifications.turnOn(chromium.browser(), tab, suite.gateway());
        Notifications.goAway(tab);
        tab.inspector();
        tab.page().locator(".inspector").getByText("Notifications", exact()).click();
        Locator sent =
                tab.page().getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Notifications, newest first"));
        tab.button("Register a webhook").click();
        assertThat(sent.getByText("challenge for " + bob, exact())).isVisible();

        open(alice, group).send("for a webhook");

        Locator webhook = sent.locator("details").filter(hasText("notification for " + bob + " in " + group));
        webhook.locator("summary").click();
        assertThat(webhook).containsText("\"text\": \"for a webhook\"");
        assertThat(webhook).containsText("Signaturevalid");
        awaitIn(tab, () -> !notifications.shown().isEmpty());
        Locator push = sent.locator("details").filter(hasText("Web Push")).first();
        push.locator("summary").click();
        assertThat(push).containsText("Urgencyhigh");
        assertThat(push).containsText("Signaturevalid");
        Accessibility.check(tab.page());
        tab.screenshot("notifications");

        tab.button("Remove the webhook").click();
        assertThat(tab.button("Register a webhook")).isVisible();
        assertThat(tab.scriptErrors()).isEmpty();
    }

    @Test
    void thePanelsKeepTheRulesInLightAndDarkAndAreReachedByKeys() {
        int screenshots = 1;
        for (NewContextOptions look : List.of(Looks.desktop(), Looks.darkDesktop(), Looks.phone())) {
            ChatTab tab = ChatTab.open(chromium.browser(), look, suite.gateway(), bob.value(), group.value())
                    .ready();
            Locator opener = tab.button("Notification settings");
            opener.focus();
            tab.page().keyboard().press("Enter");
            assertThat(everywhere(tab)).isVisible();
            assertThat(tab.button("Close")).isFocused();
            tab.page().keyboard().press("Tab");
            assertThat(tab.button("Turn on notifications")).isFocused();
            flip(everywhere(tab), "Quiet hours");
            assertThat(everywhere(tab).getByLabel("From")).isVisible();
            Accessibility.check(tab.page());
            tab.screenshot("notification-settings-" + screenshots++);
            tab.page().keyboard().press("Escape");
            assertThat(opener).isFocused();
            tab.close();
        }
    }

    /** Why bob was notified of the message of the group, or was not. */
    private String explain(long seq) throws IOException {
        String path = "/v1/push/explain?user=" + bob + "&channel=" + group + "&seq=" + seq;
        return Replies.json(new Replies(suite.http())
                        .get(
                                suite.gateway().resolve(path),
                                "Authorization",
                                "Bearer " + suite.stack().serverToken("back-end")))
                .path("decision")
                .asText();
    }

    private String preferences() throws IOException {
        return new Replies(suite.http())
                .get(
                        suite.gateway().resolve("/v1/push/preferences"),
                        "Authorization",
                        "Bearer " + suite.stack().userToken(bob.value()))
                .body();
    }

    private static Locator form(ChatTab tab, ChannelName channel) {
        String title = channel.value().substring(channel.value().indexOf(':') + 1);
        return tab.page().getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName(title));
    }

    private static Locator everywhere(ChatTab tab) {
        return tab.page().getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName("Everywhere"));
    }

    private static void save(ChatTab tab, ChannelName channel) {
        saveButton(form(tab, channel)).click();
        assertThat(form(tab, channel).getByText("Saved")).isVisible();
    }

    private static Locator saveButton(Locator form) {
        return form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save"));
    }

    private static Locator toggle(Locator form, String name) {
        return form.getByRole(AriaRole.SWITCH, new Locator.GetByRoleOptions().setName(name));
    }

    private static void flip(Locator form, String name) {
        toggle(form, name).press("Space");
    }

    private static Locator chosen(Locator form, String name) {
        return choice(form, name).locator("option:checked");
    }

    private static Locator choice(Locator form, String name) {
        return form.getByRole(
                AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.FilterOptions hasText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Locator.GetByTextOptions exact() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
