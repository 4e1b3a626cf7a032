package dev.dunlin.benchmark.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class SecondsTest {
    private final Seconds seconds = new Seconds();

    @Test
    void aTimeIsInSecondsOrMinutes() {
        assertThat(seconds.convert("30")).isEqualTo(Duration.ofSeconds(30));
        assertThat(seconds.convert("5s")).isEqualTo(Duration.ofSeconds(5));
        assertThat(seconds.convert("2m")).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aTimeIsBounded() {
        for (String text : new String[] {"0s", "61m", "9999", "-1", "soon", "5h", ""}) {
            assertThatThrownBy(() -> seconds.convert(text)).isInstanceOf(TypeConversionException.class);
        }
    }
}
