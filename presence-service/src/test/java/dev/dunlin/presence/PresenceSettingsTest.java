package dev.dunlin.presence;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PresenceSettingsTest {
    @Test
    void aGraceBelowZeroIsRefusedWithItsKeyItsValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> new PresenceSettings(
                        Duration.ofSeconds(-1),
                        Duration.ofSeconds(6),
                        Duration.ofMinutes(10),
                        Duration.ofDays(90),
                        1_000_000,
                        200,
                        5000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dunlin.presence.grace=PT-1S: must be from PT0S to PT1H");
    }

    @Test
    void noListedUsersAreRefused() {
        assertThatThrownBy(() -> new PresenceSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(6),
                        Duration.ofMinutes(10),
                        Duration.ofDays(90),
                        1_000_000,
                        0,
                        5000))
                .hasMessage("dunlin.presence.listed-users=0: must be from 1 to 1000");
    }
}
