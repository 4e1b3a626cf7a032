package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.IsEmptyOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnStruckSuite
class LostNodeIT extends PageTest {
    private static final int TRIES = 12;

    private final UserId ann;
    private final UserId ben;
    private final ChannelName group;

    LostNodeIT(Suite suite, Names names, HeadlessChromium chromium) {
        super(suite, names, chromium);
        ann = names.user("ann");
        ben = names.user("ben");
        group = group(ann, ben);
    }

    @Test
    void twoTabsOnTwoNodesTalkOnWhenOneOfTheNodesIsKilled() {
        ChatTab anns = open(ann, group);
        String lost = nodeOf(anns);
        ChatTab bens = onAnotherNode(lost);
        anns.send("before");
        assertThat(bens.message("before")).isVisible();

        suite.kill(lost);
        bens.send("from the node that lives");
        anns.send("from the node that died");

        assertThat(bens.message("from the node that died")).isVisible(visible());
        assertThat(anns.message("from the node that lives")).isVisible(visible());
        assertThat(anns.banner()).isEmpty(new IsEmptyOptions().setTimeout((double) PATIENCE.toMillis()));
        assertThat(anns.pending()).hasCount(0);
        assertThat(anns.texts())
                .hasSize(3)
                .isEqualTo(bens.texts())
                .contains("before", "from the node that lives", "from the node that died");
        assertThat(List.of(anns.scriptErrors(), bens.scriptErrors())).containsOnly(List.of());
        suite.awaitHealthy();
    }

    /** The gateway hands links out in turn. */
    private ChatTab onAnotherNode(String node) {
        for (int i = 0; i < TRIES; i++) {
            ChatTab tab = open(ben, group);
            if (!nodeOf(tab).equals(node)) {
                return tab;
            }
            tab.close();
        }
        throw new AssertionError("all of " + TRIES + " tabs came to " + node);
    }

    private static String nodeOf(ChatTab tab) {
        return tab.inspector().node();
    }

    private static IsVisibleOptions visible() {
        return new IsVisibleOptions().setTimeout((double) PATIENCE.toMillis());
    }
}
