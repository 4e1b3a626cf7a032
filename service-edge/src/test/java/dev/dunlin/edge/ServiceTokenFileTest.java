package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTokenFileTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);

    @TempDir
    Path directory;

    @Test
    void lifeEndsAtExp() throws IOException {
        assertThat(remaining("{\"exp\":1050}")).contains(Duration.ofSeconds(50));
        assertThat(remaining("{\"exp\":950}")).contains(Duration.ofSeconds(-50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"exp\":\"soon\"}", "{\"exp\":1e300}", "{\"exp\":9223372036854775807}", "no JSON"})
    void timeThatCannotBeReadIsUnknown(String claims) throws IOException {
        assertThat(remaining(claims)).isEmpty();
    }

    private Optional<Duration> remaining(String claims) throws IOException {
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Path file = Files.writeString(directory.resolve("token"), "e30." + encoded + ".c2ln\n");
        return new ServiceTokenFile(() -> file).remaining(NOW);
    }
}
