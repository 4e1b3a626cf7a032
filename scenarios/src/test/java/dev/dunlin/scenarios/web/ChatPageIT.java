package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@OnSharedSuite
class ChatPageIT extends PageTest {
    ChatPageIT(Suite suite, Names names, HeadlessChromium chromium) {
        super(suite, names, chromium);
    }

    @Test
    void twoTabsTalkInTheLobby() {
        ChatTab alice = open("alice", "room:lobby");
        ChatTab bob = open("bob", "room:lobby");
        String hello = unique("Good morning, bob");
        String answer = unique("Good morning, alice");

        alice.send(hello);
        assertThat(bob.message(hello)).isVisible();
        bob.send(answer);
        assertThat(alice.message(answer)).isVisible();

        assertThat(alice.message(hello)).hasCount(1);
        assertThat(alice.pending()).hasCount(0);
        alice.screenshot("desktop-light");
        assertThat(alice.scriptErrors()).isEmpty();
    }

    @Test
    void aNameIsAllThatANewcomerNeeds() {
        ChatTab tab = ChatTab.openSignIn(chromium.browser(), suite.gateway());
        tab.screenshot("sign-in");

        tab.signIn("carol");

        assertThat(tab.ready().heading("lobby")).isVisible();
        tab.page().reload();
        assertThat(tab.ready().heading("lobby")).isVisible();
    }

    @Test
    void aReloadShowsTheHistory() {
        ChatTab alice = open("alice", unique("room:history-"));
        alice.send("first");
        alice.send("second");
        assertThat(alice.pending()).hasCount(0);

        alice.page().reload();

        assertThat(alice.ready().message("first")).isVisible();
        assertThat(alice.message("second")).isVisible();
    }

    @Test
    void scrollingUpLoadsEarlierMessages() {
        String channel = unique("room:long-");
        ChatTab alice = open("alice", channel);
        for (int number = 1; number <= 60; number++) {
            alice.publishByRest(channel, "message " + number);
        }
        alice.page().reload();
        assertThat(alice.ready().message("message 60")).isVisible();
        assertThat(alice.message("message 1")).hasCount(0);

        alice.messages().evaluate("box => { box.scrollTop = 0; }");

        assertThat(alice.message("message 1")).hasCount(1);
        assertThat(alice.message("message 60")).hasCount(1);
        // What one looked at stays where it was.
        assertThat(alice.message("message 11")).isInViewport();
    }

    @Test
    void othersSeeThatSomebodyIsTyping() {
        String channel = unique("room:typing-");
        ChatTab alice = open("alice", channel);
        ChatTab bob = open("bob", channel);

        bob.type("I am");

        assertThat(alice.page().getByText("bob is typing")).isVisible();
    }

    @Test
    void aMessageWrittenOfflineIsKeptAndSentAfterwards() {
        String channel = unique("room:offline-");
        ChatTab alice = open("alice", channel);
        ChatTab bob = open("bob", channel);
        alice.offline(true);
        assertThat(alice.banner()).containsText("econnecting");

        alice.send("written offline");
        bob.send("written meanwhile");
        assertThat(alice.pending()).hasCount(1);
        alice.screenshot("reconnecting");
        alice.offline(false);

        assertThat(bob.message("written offline")).hasCount(1);
        assertThat(alice.message("written meanwhile")).hasCount(1);
        assertThat(alice.pending()).hasCount(0);
        assertThat(alice.banner()).isEmpty();
    }

    @Test
    void markupInAMessageStaysText() {
        ChatTab alice = open("alice", unique("room:markup-"));
        String markup = "<img src=x onerror=\"document.title='owned'\"> & <b>bold</b>";

        alice.send(markup);

        assertThat(alice.message(markup)).isVisible();
        assertThat(alice.messages().locator("img, b")).hasCount(0);
        assertThat(alice.page().title()).doesNotContain("owned");
    }

    @Test
    void aForeignGroupSaysWhyItStaysClosed() {
        ChatTab alice = open("alice", "room:lobby");
        String group = unique("birds-");
        alice.button("New conversation").click();
        alice.page()
                .getByText("Group", new Page.GetByTextOptions().setExact(true))
                .click();
        alice.page()
                .getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                .fill(group);
        alice.page().getByLabel("Members").fill("bob");
        alice.button("Create").click();
        assertThat(alice.heading(group)).isVisible();

        ChatTab mallory = ChatTab.open(
                chromium.browser(), Looks.desktop(), suite.gateway(), unique("mallory-"), "group:" + group);

        assertThat(mallory.heading("This channel cannot be opened")).isVisible();
    }

    @Test
    void aPhoneShowsTheListOrTheConversation() {
        ChatTab alice = ChatTab.open(chromium.browser(), Looks.phone(), suite.gateway(), "alice", "room:lobby")
                .ready();
        alice.screenshot("phone-dark");
        assertThat(alice.button("New conversation")).isHidden();

        alice.button("Back to the channels").click();

        assertThat(alice.button("New conversation")).isVisible();
        assertThat(alice.box()).isHidden();
        alice.screenshot("phone-dark-channels");
        Object overflow = alice.page().evaluate("document.documentElement.scrollWidth > innerWidth");
        assertThat(overflow).isEqualTo(false);
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
