package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chat without a mouse, and without eyes. */
@OnSharedSuite
class KeyboardIT extends PageTest {
    private final UserId ann;
    private final ChannelName first;
    private final ChannelName second;

    KeyboardIT(Suite suite, Names names, HeadlessChromium chromium) {
        super(suite, names, chromium);
        ann = names.user("ann");
        first = names.room("first");
        second = names.room("second");
    }

    @Test
    void oneSignsInSendsReactsAndGoesToAnotherChannelByKeysAlone() {
        ChatTab tab = ChatTab.openSignIn(chromium.browser(), suite.gateway());
        Keyboard keys = tab.page().keyboard();
        assertThat(tab.page().getByLabel("Your name")).isFocused();
        keys.type(ann.value());
        keys.press("Tab");
        keys.press("Control+A");
        keys.type(first.value());
        keys.press("Enter");
        tab.ready();

        assertThat(tab.box()).isFocused();
        keys.type("by keys");
        keys.press("Enter");
        assertThat(tab.message("by keys")).isVisible();
        assertThat(tab.pending()).hasCount(0);

        // To the message, its menu, the second reaction.
        keys.press("Shift+Tab");
        assertThat(tab.bubble("by keys")).isFocused();
        assertThat(outlined(tab.bubble("by keys"))).isTrue();
        keys.press("Enter");
        assertThat(tab.menuItem("React with thumbs up")).isFocused();
        keys.press("ArrowRight");
        keys.press("Enter");
        assertThat(tab.reaction("❤️")).containsText("1");
        assertThat(tab.bubble("by keys")).isFocused();

        // Down in the menu to a change of the message; Escape takes it back.
        keys.press("Enter");
        keys.press("ArrowDown");
        keys.press("ArrowDown");
        keys.press("ArrowDown");
        assertThat(tab.menuItem("Edit")).isFocused();
        keys.press("Enter");
        assertThat(tab.box()).isFocused();
        assertThat(tab.box()).hasValue("by keys");
        keys.press("Escape");
        assertThat(tab.box()).isEmpty();

        // A new room, by its dialog.
        tab.button("New conversation").focus();
        keys.press("Enter");
        tab.page()
                .getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                .focus();
        keys.type(nameOf(second));
        keys.press("Enter");
        assertThat(tab.heading(nameOf(second))).isVisible();

        // And back: found by its name, then by its place in the list.
        keys.press("Control+k");
        keys.type(nameOf(first));
        keys.press("Enter");
        assertThat(tab.heading(nameOf(first))).isVisible();
        keys.press("Alt+ArrowUp");
        assertThat(tab.heading(nameOf(second))).isVisible();
    }

    @Test
    void arrowUpInAnEmptyBoxChangesOnesLastMessage() {
        ChatTab tab = open(ann, first);
        tab.send("frist");
        assertThat(tab.pending()).hasCount(0);

        tab.box().press("ArrowUp");
        assertThat(tab.box()).hasValue("frist");
        tab.send("first");

        assertThat(tab.message("first")).isVisible();
        assertThat(tab.bubble("first")).containsText("edited");
    }

    @Test
    void theSkipLinkIsTheFirstStopAndLeadsToTheMessageBox() {
        ChatTab tab = open(ann, first);
        // The page begins with the message box; here somebody comes from the browser's own bar.
        tab.page().evaluate("const app = document.querySelector('dunlin-app'); app.tabIndex = -1; app.focus();");

        tab.page().keyboard().press("Tab");
        Locator skip =
                tab.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Skip to the message box"));
        assertThat(skip).isFocused();
        assertThat(skip).isInViewport();
        tab.page().keyboard().press("Enter");

        assertThat(tab.box()).isFocused();
    }

    @Test
    void everyPartOfThePageKeepsTheRulesInLightAndDark() {
        for (NewContextOptions look : List.of(Looks.desktop(), Looks.darkDesktop(), Looks.phone())) {
            ChatTab tab = ChatTab.open(chromium.browser(), look, suite.gateway(), ann.value(), first.value())
                    .ready();
            tab.send("Good day, @" + ann.value() + ", see https://example.com and `code`");
            assertThat(tab.pending()).hasCount(0);
            Accessibility.check(tab.page());
            Inspector inspector = tab.inspector();
            assertThat(inspector.latency()).not().hasText("–");
            Accessibility.check(tab.page());
            tab.close();
        }
    }

    private static String nameOf(ChannelName room) {
        return room.value().substring("room:".length());
    }

    private static boolean outlined(Locator element) {
        return (boolean) element.evaluate("element => getComputedStyle(element).outlineStyle !== 'none'");
    }
}
