package dev.dunlin.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class LifetimeTest {
    @Test
    void aNumberAndAUnitAreATime() {
        assertThat(new Lifetime().convert("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(new Lifetime().convert("30m")).isEqualTo(Duration.ofMinutes(30));
        assertThat(new Lifetime().convert("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(new Lifetime().convert("7d")).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "h", "0h", "-1h", "1.5h", "1w", "99999999d"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> new Lifetime().convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
