package dev.dunlin.push.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PushBodyTest {
    @Test
    void itSaysWhatTheMessageFrameSays() {
        assertThat(new String(PushBody.whole(Notifications.saying("hi")), UTF_8))
                .isEqualTo(
                        "{\"type\":\"notification\",\"user\":\"bob\",\"channel\":\"group:eng\",\"seq\":7,\"id\":\"m7\",\"from\":\"alice\",\"ts\":1007,\"data\":\"hi\"}");
    }

    @Test
    void itTellsHowMuchIsUnreadIfAsked() {
        assertThat(new String(PushBody.whole(Notifications.saying("hi", OptionalLong.of(3))), UTF_8))
                .contains("\"unread\":3");
    }

    @Test
    void itNamesASoundThatIsNotTheDefault() {
        Push.Alert alert = Notifications.saying("hi");
        assertThat(new String(PushBody.whole(alert), UTF_8)).doesNotContain("sound");
        assertThat(new String(PushBody.whole(withSound(alert, "none")), UTF_8)).contains("\"sound\":\"none\"");
    }

    private static Push.Alert withSound(Push.Alert alert, String sound) {
        return new Push.Alert(
                alert.user(),
                alert.channel(),
                alert.epoch(),
                alert.seq(),
                alert.id(),
                alert.from(),
                alert.ts(),
                alert.data(),
                alert.count(),
                alert.mentioned(),
                alert.preview(),
                sound,
                alert.unread(),
                alert.badge(),
                alert.trace());
    }

    @Test
    void whatDoesNotFitLosesItsDataAndSaysSo() {
        int whole = PushBody.whole(Notifications.saying("x".repeat(5000))).length;
        assertThat(PushBody.atMost(whole, Notifications.saying("x".repeat(5000))))
                .hasSize(whole);
        assertThat(new String(PushBody.atMost(whole - 1, Notifications.saying("x".repeat(5000))), UTF_8))
                .contains("\"truncated\":true")
                .doesNotContain("data");
    }
}
