package dev.dunlin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.CloseCode.Advice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseCodeTest {
    @ParameterizedTest
    @CsvSource({
        "1000, DONE", "1001, RESUME", "1002, STOP", "1006, RESUME", "1008, STOP", "1012, RESUME",
        "4000, RESUME", "4199, RESUME", "4200, RESTART", "4399, RESTART", "4400, STOP", "4401, RENEW",
        "4402, STOP", "4999, STOP"
    })
    void theRangeOfACodeIsTheAdvice(int code, Advice advice) {
        assertThat(CloseCode.adviceFor(code)).isEqualTo(advice);
    }

    @Test
    void everyCodeOfTheServerIsUnique() {
        assertThat(CloseCode.values()).extracting(CloseCode::code).doesNotHaveDuplicates();
    }
}
