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
        assertThat(new QuietHours("22:00", "07:00", "Europe/Berlin", null).include(now))
                .isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-15T11:59:59Z, false", "2026-01-15T12:00:00Z, true", "2026-01-15T13:00:00Z, false"})
    void hoursOfOneDayEndBeforeTheirEnd(Instant now, boolean quiet) {
        assertThat(new QuietHours("12:00", "13:00", "UTC", null).include(now)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({
        // the night before, the same night, and the two nights in which clocks change
        "2026-01-15T21:30:00Z, 2026-01-16T06:00:00Z",
        "2026-01-16T00:30:00Z, 2026-01-16T06:00:00Z",
        "2026-03-28T22:00:00Z, 2026-03-29T05:00:00Z",
        "2026-10-24T21:00:00Z, 2026-10-25T06:00:00Z"
    })
    void theyEndAtTheNextEndByTheWallClock(Instant now, Instant end) {
        QuietHours night = new QuietHours("22:00", "07:00", "Europe/Berlin", null);
        assertThat(night.end(now)).isEqualTo(end);
        assertThat(night.include(end.minusMillis(1))).isTrue();
        assertThat(night.include(end)).isFalse();
    }

    @Test
    void equalTimesAreTheWholeDay() {
        assertThat(new QuietHours("08:00", "08:00", "UTC", null).include(Instant.parse("2026-01-15T07:59:00Z")))
                .isTrue();
    }

    @Test
    void aFieldThatIsWrongIsNamed() {
        assertThatThrownBy(() -> new QuietHours("10pm", "07:00", "UTC", null)).hasMessageStartingWith("from: must be");
        assertThatThrownBy(() -> new QuietHours("22:00", "24:01", "UTC", null)).hasMessageStartingWith("to: must be");
        assertThatThrownBy(() -> new QuietHours("22:00", "07:00", "Berlin", null))
                .hasMessageStartingWith("zone: must be");
    }
}
