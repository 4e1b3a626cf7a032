package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Notifications in the browser: what the service worker shows, and their way to it. */
@OnSharedSuite
class NotificationPageIT extends PageTest {
    private final UserId alice;
    private final UserId bob;
    private final ChannelName direct;
    private final ChannelName lobby = new ChannelName("room:lobby");

    NotificationPageIT(Suite suite, Names names, HeadlessChromium chromium) {
        super(suite, names, chromium);
        alice = names.user("alice");
        bob = names.user("bob");
        direct = new ChannelName("dm:" + alice + ":" + bob);
    }

    @Test
    void aChannelHasOneNotificationUntilItIsRead() {
        ChatTab tab = open(bob, lobby);
        Notifications notifications = turnOn(tab);
        ChannelName group = new ChannelName("group:birds");

        notifications.push(alert(direct, 1, Map.of("data", Map.of("text", "hello"))));
        awaitIn(tab, () -> notifications.shown().size() == 1);
        assertThat(notifications.shown())
                .containsExactly(new Notifications.Shown(tag(direct), alice.value(), "hello", false));

        notifications.push(alert(direct, 12, Map.of("data", Map.of("text", "the newest"), "count", 12)));
        awaitIn(tab, () -> notifications.shown().getFirst().body().contains("12"));
        assertThat(notifications.shown())
                .containsExactly(new Notifications.Shown(tag(direct), alice.value(), "12 messages\nthe newest", false));

        notifications.push(alert(group, 5, Map.of("sound", "none")));
        awaitIn(tab, () -> notifications.shown().size() == 2);
        assertThat(notifications.shown())
                .contains(new Notifications.Shown(tag(group), "birds", "New message from " + alice, true));

        notifications.push(read(direct, 11)); // an older mark that arrives late takes nothing away
        notifications.push(read(group, 5));
        awaitIn(tab, () -> notifications.shown().size() == 1);
        assertThat(notifications.shown().getFirst().tag()).isEqualTo(tag(direct));
        notifications.push(read(direct, 12));
        awaitIn(tab, () -> notifications.shown().isEmpty());
    }

    @Test
    void aClickOpensTheConversationInThePageOfItsUser() {
        ChatTab tab = open(bob, lobby);
        Notifications notifications = turnOn(tab);
        ChatTab carols = tab.beside(suite.gateway(), names.user("carol").value(), "room:lobby")
                .ready();
        notifications.push(alert(direct, 1, Map.of("data", Map.of("text", "hello"))));
        awaitIn(tab, () -> notifications.shown().size() == 1);

        notifications.click(tag(direct));

        assertThat(tab.page()
                        .getByRole(AriaRole.MAIN)
                        .getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setName(alice.value())))
                .isVisible();
        assertThat(carols.heading("lobby")).isVisible();
        awaitIn(tab, () -> notifications.shown().isEmpty());
    }

    @Test
    void nothingIsShownOfAConversationThatIsLookedAt() {
        ChatTab tab = open(bob, direct);
        Notifications notifications = turnOn(tab);
        ChannelName group = new ChannelName("group:birds");
        tab.page().bringToFront();

        notifications.push(alert(direct, 1, Map.of("data", Map.of("text", "on the screen"))));
        notifications.push(alert(group, 1, Map.of("data", Map.of("text", "elsewhere"))));

        awaitIn(tab, () -> !notifications.shown().isEmpty());
        assertThat(notifications.shown()).extracting(Notifications.Shown::tag).containsExactly(tag(group));
    }

    @Test
    void aMessageToSomebodyWhoIsAwayComesThroughPushServiceAndGoesWhenItIsRead() {
        ChatTab tab = open(bob, direct);
        Notifications notifications = turnOn(tab);
        assertThat(tab.page().getByText("by the push service of this gateway")).isVisible();
        Notifications.goAway(tab);
        tab.openRoom("elsewhere");

        ChatTab other = open(alice, direct);
        other.send("are you there?");

        awaitIn(tab, () -> !notifications.shown().isEmpty());
        assertThat(notifications.shown())
                .containsExactly(new Notifications.Shown(tag(direct), alice.value(), "are you there?", false));
        tab.conversations().getByText(alice.value()).click();
        assertThat(tab.message("are you there?")).isVisible();
        awaitIn(tab, () -> notifications.shown().isEmpty());
        assertThat(tab.scriptErrors()).isEmpty();
    }

    @Test
    void anotherTabOfTheBrowserTakesOverWhenTheUsersIsClosed() {
        ChatTab tab = open(bob, lobby);
        turnOn(tab);
        Notifications.goAway(tab);
        ChatTab carols = tab.beside(suite.gateway(), names.user("carol").value(), "room:lobby")
                .ready();
        tab.page().close();

        open(alice, direct).send("to a closed tab");

        awaitIn(carols, () -> !Notifications.shownIn(carols).isEmpty());
        assertThat(Notifications.shownIn(carols).getFirst().body()).isEqualTo("to a closed tab");
        assertThat(Notifications.shownIn(carols).getFirst().tag()).isEqualTo(tag(direct));
    }

    @Test
    void nothingComesAfterTheyAreTurnedOff() {
        ChatTab tab = open(bob, lobby);
        turnOn(tab);
        assertThat(devices(tab)).hasSize(1);

        tab.button("Turn off notifications").click();

        assertThat(tab.button("Turn on notifications")).isVisible();
        assertThat(devices(tab)).isEmpty();
    }

    @Test
    void thePanelSaysWhyWhereTheBrowserDoesNotAllowThem() {
        ChatTab tab = open(bob, lobby);
        tab.button("Notification settings").click();

        tab.button("Turn on notifications").click();

        assertThat(tab.page().getByText("The browser does not allow this page")).isVisible();
        assertThat(devices(tab)).isEmpty();
    }

    private Notifications turnOn(ChatTab tab) {
        return Notifications.turnOn(chromium.browser(), tab, suite.gateway());
    }

    /** The devices that the server knows of bob. */
    private List<?> devices(ChatTab tab) {
        return (List<?>) tab.page().evaluate("""
                async token => {
                  const response = await fetch("/v1/devices", { headers: { Authorization: `Bearer ${token}` } });
                  return (await response.json()).devices;
                }
                """, suite.stack().userToken(bob.value()));
    }

    private Map<String, Object> alert(ChannelName channel, long seq, Map<String, Object> more) {
        Map<String, Object> payload = payload("notification", channel, seq);
        payload.put("from", alice.value());
        payload.putAll(more);
        return payload;
    }

    private Map<String, Object> read(ChannelName channel, long seq) {
        return payload("read", channel, seq);
    }

    private Map<String, Object> payload(String type, ChannelName channel, long seq) {
        return new HashMap<>(Map.of("type", type, "user", bob.value(), "channel", channel.value(), "seq", seq));
    }

    private String tag(ChannelName channel) {
        return bob + "/" + channel;
    }
}
