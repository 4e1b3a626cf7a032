package dev.dunlin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for authors of clients has one row for each code. */
class CodesPageTest {
    private static final Path PAGE = Path.of("../docs/protocol.md");

    @ParameterizedTest
    @EnumSource
    void everyCloseCodeHasARow(CloseCode code) throws IOException {
        assertThat(Files.readString(PAGE)).contains("\n| " + code.code() + " | ");
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorCodeHasARow(ErrorCode code) throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("\n| `" + code.wire() + "` | " + code.httpStatus() + " | " + (code.retryable() ? "yes" : "no")
                        + " | ");
    }
}
