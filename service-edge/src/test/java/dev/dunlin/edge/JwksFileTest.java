package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwksFileTest {
    @TempDir
    Path directory;

    private final TokenParsing parsing = TestParsing.with(System::nanoTime);

    @ParameterizedTest
    @ValueSource(strings = {"file:", "file://", ""})
    void fileIsReadAgainWhenItChanges(String scheme) throws IOException {
        PublicJsonWebKey old = Issuer.keyOf("ES256");
        PublicJsonWebKey fresh = Issuer.keyOf("RS256");
        Path file = directory.resolve("jwks.json");
        write(file, old);
        JWTAuthContextInfo verification = verification(scheme + file);
        assertThat(counts(old, verification)).isTrue();
        assertThat(counts(fresh, verification)).isFalse();

        Path replacement = directory.resolve("next.json");
        write(replacement, fresh);
        Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(counts(fresh, verification)).isTrue();
        assertThat(counts(old, verification)).isFalse();
    }

    @Test
    void halfWrittenFileLeavesTheKeysAsTheyWere() throws IOException {
        PublicJsonWebKey key = Issuer.keyOf("ES256");
        Path file = directory.resolve("jwks.json");
        write(file, key);
        JWTAuthContextInfo verification = verification(file.toString());
        assertThat(counts(key, verification)).isTrue();

        Files.writeString(file, "{\"keys\":[");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1)));
        assertThat(counts(key, verification)).isTrue();
        Files.delete(file);
        assertThat(counts(key, verification)).isTrue();
    }

    private boolean counts(PublicJsonWebKey key, JWTAuthContextInfo by) {
        try {
            return parsing.parse(Issuer.token(key, 5), by).getSubject().equals("alice");
        } catch (ParseException e) {
            return false;
        }
    }

    private static void write(Path file, PublicJsonWebKey key) throws IOException {
        Files.writeString(file, new JsonWebKeySet(List.of(key)).toJson(OutputControlLevel.PUBLIC_ONLY));
    }

    private static JWTAuthContextInfo verification(String location) {
        JWTAuthContextInfo verification = new JWTAuthContextInfo();
        verification.setPublicKeyLocation(location);
        verification.setSignatureAlgorithm(TokenAlgorithms.OF_A_JWKS);
        verification.setMaxTimeToLiveSecs(-1L);
        return verification;
    }
}
