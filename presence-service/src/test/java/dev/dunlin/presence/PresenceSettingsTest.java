package dev.dunlin.presence;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.VisibleTo;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresenceSettingsTest {
    @Test
    void aGraceBelowZeroIsRefusedWithItsKeyItsValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> new PresenceSettings(
                        graces(Duration.ofSeconds(-1)),
                        Duration.ofSeconds(6),
                        Duration.ofMinutes(10),
                        Duration.ofDays(90),
                        1_000_000,
                        VisibleTo.CONTACTS,
                        Duration.ofSeconds(30),
                        200,
                        5000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dunlin.presence.grace-mobile=PT-1S: must be from PT0S to PT1H");
    }

    private static Map<Device, Duration> graces(Duration mobile) {
        Duration usual = Duration.ofSeconds(10);
        return Map.of(Device.WEB, usual, Device.MOBILE, mobile, Device.DESKTOP, usual);
    }

    @Test
    void noListedUsersAreRefused() {
        assertThatThrownBy(() -> new PresenceSettings(
                        graces(Duration.ofSeconds(10)),
                        Duration.ofSeconds(6),
                        Duration.ofMinutes(10),
                        Duration.ofDays(90),
                        1_000_000,
                        VisibleTo.CONTACTS,
                        Duration.ofSeconds(30),
                        0,
                        5000))
                .hasMessage("dunlin.presence.listed-users=0: must be from 1 to 1000");
    }
}
