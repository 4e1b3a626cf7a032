package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.edge.revocation.Revocations;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.UserEvent.SessionsEnded;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token that was verified before is not verified again, and still ends when it must. */
class RememberedTokensTest {
    @TempDir
    Path directory;

    private final Revocations revocations = new Revocations(Duration.ofHours(24), 10, Clock.systemUTC());
    private Instant now = Instant.now();
    private final InstantSource clock = () -> now;
    private final TokenParsing parsing = new TokenParsing(
            System::nanoTime, new TokenRules(Duration.ofHours(24), Duration.ofHours(744), clock), revocations);
    private final JWTAuthContextInfo verification = new JWTAuthContextInfo();
    private final PublicJsonWebKey key = Issuer.keyOf("ES256");
    private final String token = Issuer.token(key, 5);

    @BeforeEach
    void start() throws IOException, ParseException {
        revocations.completed();
        write(key);
        verification.setPublicKeyLocation(file().toString());
        verification.setSignatureAlgorithm(TokenAlgorithms.OF_A_JWKS);
        verification.setClockSkew(30);
        verification.setMaxTimeToLiveSecs(-1L);
        var unused = parse(Issuer.token(key, 5)); // the keys are loaded by the first token
    }

    @Test
    void secondParseIsAnsweredFromMemory() throws ParseException {
        JWTCallerPrincipal first = parse(token);

        assertThat(parse(token)).isSameAs(first);
        assertThat(parse(Issuer.token(key, 6))).isNotSameAs(first);
    }

    @Test
    void rememberedTokenExpires() throws ParseException {
        var unused = parse(token);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(parse(token)).as("within the skew").isNotNull();

        now = now.plusSeconds(31);
        JWTCallerPrincipal later = parse(token); // the library's own clock has not moved
        assertThat(parse(token)).as("verified again each time").isNotSameAs(later);
    }

    @Test
    void rememberedTokenIsRevokedAtOnce() throws ParseException {
        var unused = parse(token);

        revocations.add(new SessionsEnded(new UserId("alice"), Instant.now().toEpochMilli()));

        assertThatThrownBy(() -> parse(token)).isInstanceOf(ParseException.class);
    }

    @Test
    void rememberedTokenOfAWithdrawnKeyIsRefusedAtOnce() throws IOException, ParseException {
        var unused = parse(token);

        write(Issuer.keyOf("ES256"));

        assertThatThrownBy(() -> parse(token)).isInstanceOf(ParseException.class);
    }

    @Test
    void otherSettingsDoNotUseTheMemory() throws ParseException {
        var unused = parse(token);
        JWTAuthContextInfo strict = new JWTAuthContextInfo(verification);
        strict.setIssuedBy("https://issuer.example");

        assertThatThrownBy(() -> parsing.parse(token, strict)).isInstanceOf(ParseException.class);
    }

    private JWTCallerPrincipal parse(String compact) throws ParseException {
        return parsing.parse(compact, verification);
    }

    private Path file() {
        return directory.resolve("jwks.json");
    }

    private void write(PublicJsonWebKey published) throws IOException {
        Path next = directory.resolve("next.json");
        Files.writeString(next, new JsonWebKeySet(List.of(published)).toJson(OutputControlLevel.PUBLIC_ONLY));
        Files.move(next, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
