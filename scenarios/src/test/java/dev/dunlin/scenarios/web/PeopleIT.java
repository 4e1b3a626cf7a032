package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is in a conversation, and what people say of themselves. */
@OnSharedSuite
class PeopleIT extends PageTest {
    PeopleIT(Suite suite, Names names, HeadlessChromium chromium) {
        super(suite, names, chromium);
    }

    @Test
    void aRoomShowsWhoIsThereWhileTheyAreThere() {
        String room = unique("room:harbour-");
        String alice = unique("alice-");
        String bob = unique("bob-");
        ChatTab page = open(alice, room);
        page.button("People").click();
        assertThat(person(page, alice)).containsText("(you)");
        assertThat(page.page().locator(".people-count")).containsText("1 here now");

        ChatTab other = open(bob, room);

        assertThat(person(page, bob)).isVisible();
        assertThat(page.page().locator(".people-count")).containsText("2 here now");
        page.screenshot("people");
        Accessibility.check(page.page());
        other.close();
        assertThat(person(page, bob)).hasCount(0);
        assertThat(page.scriptErrors()).isEmpty();
    }

    @Test
    void aDirectConversationShowsTheStatusThatTheOtherChose() {
        String alice = unique("alice-");
        String bob = unique("bob-");
        String dm = "dm:" + alice + ":" + bob;
        ChatTab page = open(alice, dm);
        page.send("hello"); // opens the channel: its two users are contacts from now on
        ChatTab other = open(bob, dm);
        page.button("People").click();
        assertThat(person(page, bob)).containsText("Online");
        Locator device =
                person(page, bob).getByRole(AriaRole.IMG, new Locator.GetByRoleOptions().setName("Web browser"));
        assertThat(device).isVisible();

        choose(other, "Do not disturb", "In a meeting");

        assertThat(person(page, bob)).containsText("Do not disturb · In a meeting");
        assertThat(other.button("Set your status")).containsText("Do not disturb");
        choose(other, "Invisible", "");
        assertThat(person(page, bob)).containsText("Offline");
        choose(other, "Automatic", "");
        assertThat(person(page, bob)).containsText("Online");
    }

    @Test
    void theStatusDialogIsReachedAndLeftByKeys() {
        ChatTab page = open(unique("alice-"), "room:lobby");
        Locator opener = page.button("Set your status");
        opener.focus();
        page.page().keyboard().press("Enter");
        assertThat(page.heading("Your status")).isVisible();
        Accessibility.check(page.page());
        page.page().keyboard().press("Escape");
        assertThat(page.heading("Your status")).isHidden();
        assertThat(opener).isFocused();
    }

    private static void choose(ChatTab tab, String status, String text) {
        tab.button("Set your status").click();
        tab.page().getByText(status, new Page.GetByTextOptions().setExact(true)).click();
        tab.page().getByLabel("What you are doing").fill(text);
        tab.button("Save").click();
        assertThat(tab.heading("Your status")).isHidden();
    }

    private static Locator person(ChatTab tab, String user) {
        return tab.page()
                .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("People"))
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(user));
    }

    private ChatTab open(String user, String channel) {
        return ChatTab.open(chromium.browser(), Looks.desktop(), suite.gateway(), user, channel)
                .ready();
    }

    // The suite is shared with all other tests.
    private static String unique(String text) {
        return text + UUID.randomUUID().toString().substring(0, 8);
    }
}
