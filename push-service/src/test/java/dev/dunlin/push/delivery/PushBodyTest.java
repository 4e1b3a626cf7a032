package dev.dunlin.push.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PushBodyTest {
    @Test
    void itSaysWhatTheMessageFrameSays() {
        assertThat(new String(PushBody.whole(Alerts.saying("hi")), UTF_8))
                .isEqualTo(
                        "{\"type\":\"notification\",\"user\":\"bob\",\"channel\":\"group:eng\",\"seq\":7,\"id\":\"m7\",\"from\":\"alice\",\"ts\":1767225600000,\"unread\":3,\"badge\":5,\"data\":\"hi\"}");
    }

    @Test
    void itNamesASoundThatIsNotTheDefault() {
        Push.Alert alert = Alerts.saying("hi");
        assertThat(new String(PushBody.whole(alert), UTF_8)).doesNotContain("sound");
        assertThat(new String(PushBody.whole(Alerts.alert(alert.data(), 1, Push.Preview.FULL, "none")), UTF_8))
                .contains("\"sound\":\"none\"");
    }

    @Test
    void whatDoesNotFitLosesItsDataAndSaysSo() {
        int whole = PushBody.whole(Alerts.saying("x".repeat(5000))).length;
        assertThat(PushBody.atMost(whole, Alerts.saying("x".repeat(5000)))).hasSize(whole);
        assertThat(new String(PushBody.atMost(whole - 1, Alerts.saying("x".repeat(5000))), UTF_8))
                .contains("\"truncated\":true")
                .doesNotContain("data");
    }
}
