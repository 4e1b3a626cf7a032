package dev.dunlin.push.device.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.device.AcceptedKinds;
import dev.dunlin.push.device.ServerKeys;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.Target.Apns.Environment;
import dev.dunlin.push.endpoint.EndpointGuard;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
    private static final String BROWSER = """
            {"kind":"webpush",%s"subscription":{"endpoint":"https://push.example/1",%s"keys":{
            "p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "auth":"BTBZMqHH6r4Tts7J_aSIgg"}}}""";

    private final Targets targets = targets(new AcceptedKinds(true, true, true, true, Set.of()));

    @Test
    void anAppleTokenIsLoweredAndOfProductionUnlessItSaysSo() throws InvalidInput {
        assertThat(of("{\"kind\":\"apns\",\"token\":\"0A1bFF\",\"topic\":\"com.example.chat\"}"))
                .isEqualTo(new Target.Apns("0a1bff", "com.example.chat", Environment.PRODUCTION));
        assertThat(of("""
                {"kind":"apns","token":"aa","topic":"com.example.chat","environment":"sandbox"}""")).isEqualTo(new Target.Apns("aa", "com.example.chat", Environment.SANDBOX));
    }

    @Test
    void aTokenOfFirebaseIsTakenAsItIs() throws InvalidInput {
        assertThat(of("{\"kind\":\"fcm\",\"token\":\"dX:APA91b_-\"}")).isEqualTo(new Target.Fcm("dX:APA91b_-"));
    }

    @Test
    void aBrowserHasTheKeyItNamesOrTheNewest() throws InvalidInput {
        assertThat(keyOf(BROWSER.formatted("", ""))).isEqualTo("new");
        assertThat(keyOf(BROWSER.formatted("\"key\":\"OLD\",", ""))).isEqualTo("old");
        assertThat(keyOf(BROWSER.formatted("", "\"applicationServerKey\":\"OLD\",")))
                .isEqualTo("old");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"apns\"} | token: is required",
                "{\"kind\":\"apns\",\"token\":\"xyz\",\"topic\":\"a\"} | token: must be 1 to 200 hexadecimal digits",
                "{\"kind\":\"apns\",\"token\":\"\",\"topic\":\"a\"} | token: must be 1 to 200 hexadecimal digits",
                "{\"kind\":\"apns\",\"token\":\"a\\u0000\",\"topic\":\"a\"} | token: must be 1 to 200 hexadecimal digits",
                "{\"kind\":\"apns\",\"token\":\"\u0661\",\"topic\":\"a\"} | token: must be 1 to 200 hexadecimal digits",
                "{\"kind\":\"apns\",\"token\":\"aa\"} | topic: is required",
                "{\"kind\":\"apns\",\"token\":\"aa\",\"topic\":\"a b\"} | topic: must be the id of an app",
                "{\"kind\":\"apns\",\"token\":\"aa\",\"topic\":\"a\",\"environment\":\"test\"} | environment: must be production or sandbox",
                "{\"kind\":\"fcm\"} | token: is required",
                "{\"kind\":\"fcm\",\"token\":\"a b\"} | token: must be 1 to 2048 characters of ASCII without spaces",
                "{\"kind\":\"fcm\",\"token\":\"\"} | token: must be 1 to 2048 characters of ASCII without spaces",
            })
    void whatIsWrongIsNamed(String body, String message) {
        assertThatThrownBy(() -> of(body)).isInstanceOf(InvalidInput.class).hasMessageStartingWith(message.strip());
    }

    @Test
    void aTokenOfFirebaseThatNoIndexCanHoldIsRefused() {
        assertThatThrownBy(() -> of("{\"kind\":\"fcm\",\"token\":\"" + "a".repeat(2049) + "\"}"))
                .hasMessageStartingWith("token: must be 1 to 2048");
    }

    @Test
    void onlyTheAppsOfThisServerAreAccepted() throws InvalidInput {
        Targets some = targets(new AcceptedKinds(true, true, true, true, Set.of("com.example.b", "com.example.a")));
        String body = "{\"kind\":\"apns\",\"token\":\"aa\",\"topic\":\"%s\"}";
        assertThat(some.of(read(body.formatted("com.example.b")))).isInstanceOf(Target.Apns.class);
        assertThatThrownBy(() -> some.of(read(body.formatted("com.example.c"))))
                .hasMessage("topic: must be one of the apps of this server: com.example.a, com.example.b");
    }

    @Test
    void aKindThatIsOffIsRefusedByItsName() {
        Targets none = targets(new AcceptedKinds(false, false, false, false, Set.of()));
        for (Map.Entry<String, String> kind : Map.of(
                        "apns", "kind: apns is not configured on this server",
                        "fcm", "kind: fcm is not configured on this server",
                        "webhook", "kind: webhook is not enabled on this server")
                .entrySet()) {
            assertThatThrownBy(() -> none.of(read("{\"kind\":\"" + kind.getKey() + "\"}")))
                    .hasMessageStartingWith(kind.getValue());
        }
    }

    private String keyOf(String body) throws InvalidInput {
        return ((Target.WebPush) of(body)).keyId();
    }

    private Target.Reachable of(String body) throws InvalidInput {
        return targets.of(read(body));
    }

    private static RegisterDevice read(String body) throws InvalidInput {
        return Json.read(body.getBytes(StandardCharsets.UTF_8), RegisterDevice.class);
    }

    private static Targets targets(AcceptedKinds accepted) {
        EndpointGuard guard = new EndpointGuard(_ -> new InetAddress[] {InetAddress.ofLiteral("8.8.8.8")}, false);
        return new Targets(guard, accepted, new TwoKeys(), new SecureRandom());
    }

    /** The newest key is NEW, and there is an older one, OLD. */
    private static final class TwoKeys implements ServerKeys {
        @Override
        public Optional<ServerKey> newest() {
            return Optional.of(new ServerKey("new", "NEW"));
        }

        @Override
        public Optional<String> idOf(String publicKey) {
            return publicKey.equals("OLD") ? Optional.of("old") : Optional.empty();
        }
    }
}
