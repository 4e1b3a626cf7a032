package dev.dunlin.scenarios.web;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.Suite;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What the tests of the pages have in common: a browser that they share, one class at a time, and
 * people with tabs. Each class names its suite.
 */
@ExtendWith(SharedChromium.class)
@ResourceLock("chromium")
abstract class PageTest {
    /**
     * How long a page may take after a process was killed: its restart on a busy machine, and the
     * backoff.
     */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final Suite suite;
    final Names names;
    final HeadlessChromium chromium;

    PageTest(Suite suite, Names names, HeadlessChromium chromium) {
        this.suite = suite;
        this.names = names;
        this.chromium = chromium;
    }

    /** A person's tab with this channel open, ready to write. */
    final ChatTab open(UserId user, ChannelName channel) {
        return ChatTab.open(chromium.browser(), Looks.desktop(), suite.gateway(), user.value(), channel.value())
                .ready();
    }

    /** A group with these members, the first its owner. */
    final ChannelName group(UserId owner, UserId... others) {
        ChannelName group = names.group("eng");
        suite.createGroup(group, owner, others);
        return group;
    }

    /**
     * Waits without leaving the tabs alone: Playwright hears of the browser only while somebody
     * asks it.
     */
    static void awaitIn(ChatTab tab, BooleanSupplier condition) {
        Awaitility.await().atMost(PATIENCE).pollInSameThread().until(() -> {
            tab.page().waitForTimeout(100);
            return condition.getAsBoolean();
        });
    }
}
