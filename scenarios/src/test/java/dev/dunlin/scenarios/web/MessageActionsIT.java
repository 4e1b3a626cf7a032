package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What two people do with each other's messages, each in a tab. */
@OnSharedSuite
class MessageActionsIT extends PageTest {
    private final UserId ann;
    private final UserId ben;
    private final ChannelName group;

    MessageActionsIT(Suite suite, Names names, HeadlessChromium chromium) {
        super(suite, names, chromium);
        ann = names.user("ann");
        ben = names.user("ben");
        group = group(ann, ben);
    }

    @Test
    void anEditAndADeletionShowEverywhere() {
        ChatTab anns = open(ann, group);
        ChatTab bens = open(ben, group);
        anns.send("a tpyo");
        anns.send("a mistake");
        assertThat(bens.message("a mistake")).isVisible();

        anns.menu("a tpyo");
        anns.menuItem("Edit").click();
        assertThat(anns.box()).hasValue("a tpyo");
        anns.send("a typo");
        anns.menu("a mistake");
        anns.menuItem("Delete").click();
        anns.menuItem("Delete for everybody?").click();

        assertThat(bens.bubble("a typo")).containsText("edited");
        assertThat(bens.message("This message was deleted")).isVisible();
        assertThat(bens.message("a mistake")).hasCount(0);
        assertThat(anns.box()).isEmpty();
    }

    @Test
    void aReplyShowsWhatItAnswersAndLeadsThere() {
        ChatTab anns = open(ann, group);
        ChatTab bens = open(ben, group);
        anns.send("Shall we?");
        for (int i = 0; i < 30; i++) {
            anns.publishByRest(group.value(), "talk " + i);
        }
        assertThat(bens.message("talk 29")).isVisible();
        bens.messages().evaluate("box => { box.scrollTop = 0; }");
        bens.menu("Shall we?");
        bens.menuItem("Reply").click();
        bens.send("Yes, let us.");

        assertThat(anns.bubble("Yes, let us.").locator(".quote")).containsText("Shall we?");
        anns.bubble("Yes, let us.").locator(".quote").click();
        assertThat(anns.bubble("Shall we?").first()).isInViewport();
    }

    @Test
    void aReactionIsCountedAndTakenBack() {
        ChatTab anns = open(ann, group);
        ChatTab bens = open(ben, group);
        anns.send("We are live");
        assertThat(bens.message("We are live")).isVisible();

        bens.menu("We are live");
        bens.menuItem("React with party").click();
        assertThat(anns.reaction("🎉")).containsText("1");
        anns.reaction("🎉").click();
        assertThat(bens.reaction("🎉")).containsText("2");
        anns.screenshot("reactions");
        bens.reaction("🎉").click();

        assertThat(anns.reaction("🎉")).containsText("1");
        assertThat(bens.reaction("🎉")).hasAttribute("aria-pressed", "false");
    }

    @Test
    void theListHasTheNewestFirstWithUnreadOnesAndMentions() {
        ChannelName other = names.group("other");
        suite.createGroup(other, ann, ben);
        ChatTab anns = open(ann, group);
        anns.send("first here");
        assertThat(anns.conversations().first()).containsText("first here");
        ChatTab bens = open(ben, other);

        bens.send("then there");
        bens.send("are you there, @" + ann.value() + "?");

        assertThat(anns.conversations().first()).containsText("are you there");
        assertThat(anns.conversations().first().locator(".badge:not(.at)")).containsText("2");
        assertThat(anns.conversations().first().locator(".badge.at")).isVisible();
        assertThat(anns.page()).hasTitle(Pattern.compile("^\\(2\\) "));
        anns.conversations().first().click();
        assertThat(anns.message("then there")).isVisible();
        assertThat(anns.conversations().first().locator(".badge")).hasCount(0);
    }

    @Test
    void whoHasReadIsSaidAndWhoIsThereHasADot() {
        ChatTab anns = open(ann, group);
        anns.send("Anybody?");
        assertThat(anns.pending()).hasCount(0);
        assertThat(anns.page().getByText("Read by")).hasCount(0);

        open(ben, group);

        assertThat(anns.page().getByText("Read by " + ben.value())).isVisible();
        assertThat(anns.page().locator(".conversation-title")).containsText(ben.value() + " online");
    }

    @Test
    void aSearchFindsAMessageAndGoesThere() {
        ChatTab anns = open(ann, group);
        anns.send("the godwit flies far");
        for (int i = 0; i < 70; i++) {
            anns.publishByRest(group.value(), "filler " + i);
        }
        anns.page().reload();
        assertThat(anns.ready().message("the godwit flies far")).hasCount(0);

        anns.button("Search").click();
        anns.page()
                .getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Words to search for"))
                .fill("godwit");
        anns.page().locator(".found-one").click();

        assertThat(anns.message("the godwit flies far")).isInViewport();
        anns.screenshot("search");
    }
}
