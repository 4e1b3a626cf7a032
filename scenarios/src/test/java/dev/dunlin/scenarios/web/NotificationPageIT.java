package dev.dunlin.scenarios.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.security.GeneralSecurityException;
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
    void nothingComesAfterTheyAreTurnedOffOrTheUserLeaves() {
        ChatTab tab = open(bob, lobby);
        turnOn(tab);
        assertThat(devices(tab)).hasSize(1);

        tab.button("Turn off notifications").click();

        assertThat(tab.button("Turn on notifications")).isVisible();
        assertThat(devices(tab)).isEmpty();
        tab.button("Turn on notifications").click();
        assertThat(tab.button("Turn off notifications")).isVisible();
        assertThat(devices(tab)).hasSize(1);
        tab.button("Leave").click();
        awaitIn(tab, () -> devices(tab).isEmpty());
    }

    /** The browser of the tests has no push service, so a double of its API answers for one. */
    @Test
    void theBrowsersOwnPushServiceIsUsedWhereItAnswers() throws IOException, GeneralSecurityException {
        try (PushEndpoint endpoint = PushEndpoint.start()) {
            ChatTab tab = open(bob, lobby);
            PushEndpoint.Browser browser = endpoint.browser(vapidKey());
            tab.page().addInitScript("""
                    PushManager.prototype.getSubscription = async () => null;
                    PushManager.prototype.subscribe = async options => {
                      window.options = { ...options, applicationServerKey: [...options.applicationServerKey] };
                      return { toJSON: () => (SUBSCRIPTION) };
                    };
                    """.replace("SUBSCRIPTION", browser.json()));
            tab.page().reload();
            turnOn(tab.ready());
            assertThat(tab.page().getByText("by the push service of this browser"))
                    .isVisible();
            assertThat(tab.page().evaluate("options.userVisibleOnly && options.applicationServerKey.length"))
                    .isEqualTo(65);
            Notifications.goAway(tab);

            open(alice, direct).send("by the browser's own");

            awaitIn(tab, () -> !endpoint.received(browser).isEmpty());
            assertThat(endpoint.received(browser).getFirst().json()).contains("by the browser's own");
            assertThat(endpoint.complaints()).isEmpty();
        }
    }

    @Test
    void aPushServiceThatDoesNotAnswerIsNotWaitedFor() {
        ChatTab tab = open(bob, lobby);
        tab.page().addInitScript("PushManager.prototype.subscribe = () => new Promise(() => undefined);");
        tab.page().reload();

        turnOn(tab.ready());

        assertThat(tab.page().getByText("push service did not answer in 5 seconds"))
                .isVisible();
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

    private String vapidKey() throws IOException {
        return Replies.json(new Replies(suite.http())
                        .get(
                                suite.gateway().resolve("/v1/push/vapid-public-key"),
                                "Authorization",
                                "Bearer " + suite.stack().userToken(bob.value())))
                .path("key")
                .asText();
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
