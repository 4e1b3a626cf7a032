package dev.dunlin.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.SecureEngines;
import dev.dunlin.engines.testing.TestEngines;
import dev.dunlin.engines.testing.TestTokens;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hamcrest.Matchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service, as docs/engines-tls.md configures it, on engines that want TLS and a
 * password.
 */
@BesideQuarkus
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecureEnginesIT {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:([0-9]+)");

    private static final String USER = "message";
    private Path home = Path.of("");
    private @Nullable SecureEngines started;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        home = directory;
        SecureEngines engines = SecureEngines.start(directory, "message");
        started = engines;
        try (Connection superuser = DriverManager.getConnection(url("localhost"), engines.user(), engines.password());
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE message LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '%s'"
                    .formatted(engines.password()));
            statement.execute("ALTER DATABASE message OWNER TO message");
            statement.execute("REVOKE CONNECT ON DATABASE message, postgres FROM PUBLIC");
        }
    }

    @AfterAll
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    private SecureEngines engines() {
        return Objects.requireNonNull(started);
    }

    private String url(String host) {
        return "jdbc:postgresql://%s:%d/message?sslmode=verify-full&sslrootcert=%s"
                .formatted(
                        host,
                        engines().port("postgres"),
                        engines().certificate().certificate());
    }

    @Test
    void aMessageGoesThroughAllThreeOverTls() throws Exception {
        try (Running service = run("good", configuration("localhost", engines().password()))) {
            int port = service.port();
            await().atMost(START)
                    .untilAsserted(() -> given().port(port)
                            .auth()
                            .oauth2(TestTokens.user("alice"))
                            .contentType(ContentType.JSON)
                            .body("{\"id\":\"m1\",\"data\":{\"text\":\"over TLS\"}}")
                            .post("/v1/channels/room:tls/messages")
                            .then()
                            .body("seq", Matchers.equalTo(1)));
            given().port(port)
                    .auth()
                    .oauth2(TestTokens.user("alice"))
                    .get("/v1/channels/room:tls/messages")
                    .then()
                    .statusCode(200)
                    .body("messages[0].data.text", Matchers.equalTo("over TLS"));
        }
    }

    @Test
    void enginesWhoseCertificateHasAnotherNameAreRefused() throws Exception {
        Map<String, String> wrong = configuration("127.0.0.1", engines().password());
        assertRefused("kafka", wrong, "kafka.bootstrap.servers", "SSL handshake failed");
        assertRefused("redis", wrong, "quarkus.redis.hosts", "SSLHandshake|No subject alternative names");
        assertRefused("postgres", wrong, "quarkus.datasource.jdbc.url", "hostname|host name");
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        Map<String, String> wrong = configuration("localhost", "guessed");
        assertRefused(
                "kafka-login", wrong, "kafka.sasl.jaas.config", "SaslAuthenticationException|Authentication failed");
        assertRefused("redis-login", wrong, "quarkus.redis.hosts", "WRONGPASS");
        assertRefused("postgres-login", wrong, "quarkus.datasource.password", "password authentication failed");
    }

    /** Runs with one setting of {@code wrong} until the log says why that does not do. */
    private void assertRefused(String name, Map<String, String> wrong, String setting, String reason)
            throws IOException {
        Map<String, String> settings = configuration("localhost", engines().password());
        settings.put(setting, wrong.getOrDefault(setting, ""));
        Pattern expected = Pattern.compile(reason);
        try (Running service = run(name, settings)) {
            await().atMost(START)
                    .until(() -> expected.matcher(service.text()).find()
                            || !service.process().isAlive());
            assertThat(service.text()).containsPattern(expected);
        }
    }

    private Map<String, String> configuration(String host, String password) {
        TestEngines shared = TestEngines.join();
        String trust = engines().trustStore().toString();
        String certificate = engines().certificate().certificate().toString();
        String storePassword = engines().certificate().password();
        Map<String, String> all = new HashMap<>(Map.of(
                "mp.jwt.verify.publickey.location", shared.jwksUrl(),
                "mp.jwt.verify.issuer", shared.issuer(),
                "mp.jwt.verify.audiences", shared.audience(),
                "dunlin.service-token.file", shared.serviceTokenFile().toString(),
                "quarkus.http.port", "0",
                "quarkus.management.port", "0"));
        all.putAll(Map.of(
                "kafka.bootstrap.servers",
                host + ":" + engines().port("kafka"),
                "kafka.security.protocol",
                "SASL_SSL",
                "kafka.sasl.mechanism",
                "SCRAM-SHA-512",
                "kafka.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(engines().user(), password),
                "kafka.ssl.truststore.type",
                "PKCS12",
                "kafka.ssl.truststore.location",
                trust,
                "kafka.ssl.truststore.password",
                storePassword));
        all.putAll(Map.of(
                "quarkus.redis.hosts",
                "rediss://%s:%s@%s:%d"
                        .formatted(engines().user(), password, host, engines().port("redis")),
                "quarkus.redis.tls.enabled",
                "true",
                "quarkus.redis.tls.trust-certificate-pem",
                "true",
                "quarkus.redis.tls.trust-certificate-pem.certs",
                certificate));
        all.putAll(Map.of(
                "quarkus.datasource.jdbc.url", url(host),
                "quarkus.datasource.username", USER,
                "quarkus.datasource.password", password));
        return all;
    }

    private record Running(Process process, Path log) implements AutoCloseable {
        String text() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int port() {
            await().atMost(START)
                    .until(() -> !process.isAlive() || LISTENING.matcher(text()).find());
            Matcher listening = LISTENING.matcher(text());
            assertThat(listening.find()).as(this::text).isTrue();
            return Integer.parseInt(listening.group(1));
        }

        @Override
        public void close() {
            process.destroyForcibly();
            await().atMost(START).until(() -> !process.isAlive());
        }
    }

    /** Every setting as an environment variable, as an operator would. */
    private Running run(String name, Map<String, String> settings) throws IOException {
        Path log = home.resolve(name + ".log");
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        settings.forEach((key, value) ->
                command.environment().put(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value));
        return new Running(command.start(), log);
    }
}
