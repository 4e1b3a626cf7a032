package dev.dunlin.push.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    @ParameterizedTest
    @CsvSource({
        // Berlin is an hour ahead of UTC in winter, two in summer
        "2026-01-15T20:59:59Z, false",
        "2026-01-15T21:00:00Z, true",
        "2026-01-16T00:30:00Z, true",
        "2026-01-16T05:59:59Z, true",
        "2026-01-16T06:00:00Z, false",
        "2026-07-15T20:00:00Z, true",
        "2026-07-16T05:00:00Z, false"
    })
    void nightSpansMidnightByTheWallClockOfTheZone(Instant now, boolean quiet) {
        assertThat(new QuietHours("22:00", "07:00", "Europe/Berlin").include(now))
                .isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-15T11:59:59Z, false", "2026-01-15T12:00:00Z, true", "2026-01-15T13:00:00Z, false"})
    void hoursOfOneDayEndBeforeTheirEnd(Instant now, boolean quiet) {
        assertThat(new QuietHours("12:00", "13:00", "UTC").include(now)).isEqualTo(quiet);
    }

    @Test
    void equalTimesAreTheWholeDay() {
        assertThat(new QuietHours("08:00", "08:00", "UTC").include(Instant.parse("2026-01-15T07:59:00Z")))
                .isTrue();
    }

    @Test
    void aFieldThatIsWrongIsNamed() {
        assertThatThrownBy(() -> new QuietHours("10pm", "07:00", "UTC")).hasMessageStartingWith("from: must be");
        assertThatThrownBy(() -> new QuietHours("22:00", "24:01", "UTC")).hasMessageStartingWith("to: must be");
        assertThatThrownBy(() -> new QuietHours("22:00", "07:00", "Berlin")).hasMessageStartingWith("zone: must be");
    }
}
