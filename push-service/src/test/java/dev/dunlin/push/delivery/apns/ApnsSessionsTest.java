package dev.dunlin.push.delivery.apns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.HandClock;
import dev.dunlin.push.delivery.KeyFile;
import dev.dunlin.push.delivery.ProviderClient;
import dev.dunlin.push.delivery.webpush.Pems;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApnsSessionsTest {
    private static final Path APPLES_NAME = Path.of("/secrets/AuthKey_ABCDE12345.p8");

    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void aTokenIsBetween5And45MinutesOldAndNewEvery40() {
        Set<Instant> slots = new HashSet<>();
        for (int minute = 0; minute < 24 * 60; minute++) {
            Instant now = clock.instant().plus(Duration.ofMinutes(minute));
            Instant slot = ApnsSessions.slot(now);
            slots.add(slot);
            assertThat(Duration.between(slot, now)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(45));
        }
        assertThat(slots.stream().sorted().toList()).hasSizeBetween(36, 37).satisfies(sorted -> {
            for (int i = 1; i < sorted.size(); i++) {
                assertThat(Duration.between(sorted.get(i - 1), sorted.get(i))).isEqualTo(Duration.ofMinutes(40));
            }
        });
    }

    @Test
    void twoProcessesMakeTokensOfTheSameClaimsAndEachKeepsItsOwn() throws Exception {
        Path file = key("AuthKey_ABCDE12345.p8");
        ApnsSessions one = sessions(file);
        ApnsSessions other = sessions(file);
        String token = one.current().token();
        assertThat(part(token, 0)).isEqualTo(part(other.current().token(), 0));
        assertThat(part(token, 1)).isEqualTo(part(other.current().token(), 1));
        assertThat(part(token, 0)).isEqualTo(Json.parse("""
                {"kid":"ABCDE12345","alg":"ES256"}""".getBytes(UTF_8)));
        assertThat(part(token, 1))
                .isEqualTo(Json.parse("""
                {"iss":"DUNLINTEAM","iat":%d}""".formatted(
                        ApnsSessions.slot(clock.instant()).getEpochSecond()).getBytes(UTF_8)));
        assertThat(one.current().token()).isEqualTo(token);
        clock.advance(Duration.ofMinutes(40));
        assertThat(one.current().token()).isNotEqualTo(token);
    }

    @Test
    void aNewKeyGetsNewConnectionsAndANewTokenDoesNot() throws Exception {
        Path file = key("AuthKey_ABCDE12345.p8");
        ApnsSessions sessions = sessions(file);
        ApnsSessions.Session first = sessions.current();
        clock.advance(Duration.ofMinutes(40));
        assertThat(sessions.current().client()).isSameAs(first.client());
        Files.writeString(file, Pems.of(Pems.newKeyPair()) + "\n");
        clock.advance(Duration.ofSeconds(10));
        assertThat(sessions.current().client()).isNotSameAs(first.client());
        assertThat(((CountingClient) first.client()).closed).isEqualTo(1);
    }

    @Test
    void theIdOfAKeyIsGivenOrInTheNameOfItsFile() throws GeneralSecurityException {
        String pem = Pems.of(Pems.newKeyPair());
        assertThat(ApnsKey.of(APPLES_NAME, pem, Optional.empty()).id()).isEqualTo("ABCDE12345");
        assertThat(ApnsKey.of(APPLES_NAME, pem, Optional.of("ZZZZZ99999")).id()).isEqualTo("ZZZZZ99999");
        assertThatThrownBy(() -> ApnsKey.of(Path.of("key.p8"), pem, Optional.empty()))
                .hasMessageContaining("AuthKey_");
    }

    @Test
    void otherKeysAreRefused() throws GeneralSecurityException {
        KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        for (String pem : new String[] {
            "", Pems.of(p384.generateKeyPair()), Pems.of(rsa.generateKeyPair()), "-----BEGIN PRIVATE KEY-----\nAAAA"
        }) {
            assertThatThrownBy(() -> ApnsKey.of(APPLES_NAME, pem, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("not ");
        }
    }

    private Path key(String name) throws IOException, GeneralSecurityException {
        return Files.writeString(directory.resolve(name), Pems.of(Pems.newKeyPair()));
    }

    private ApnsSessions sessions(Path file) throws IOException {
        KeyFile<ApnsKey> keys = new KeyFile<>(file, (real, pem) -> ApnsKey.of(real, pem, Optional.empty()), clock);
        return new ApnsSessions(keys, "DUNLINTEAM", CountingClient::new, clock);
    }

    private static JsonNode part(String token, int index) throws InvalidInput {
        String[] parts = token.split("\\.", -1);
        return Json.parse(Base64.getUrlDecoder().decode(parts[index]));
    }

    private static final class CountingClient implements ProviderClient {
        private int closed;

        @Override
        public Reply post(URI uri, Map<String, String> headers, byte[] body) {
            throw new UnsupportedOperationException("these tests send nothing");
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
