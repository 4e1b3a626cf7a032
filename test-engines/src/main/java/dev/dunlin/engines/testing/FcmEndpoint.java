package dev.dunlin.engines.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.dunlin.engines.tokens.PrivateFile;
import dev.dunlin.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Google's token server and FCM's HTTP v1 API with its devices, over real TLS on the loopback
 * interface. It is as strict as they document: it verifies the assertion of RFC 7523, and a message
 * must keep {@link FcmSchema}. What breaks a rule is refused and noted under {@link #complaints}.
 * Safe for use by many threads.
 */
public final class FcmEndpoint implements AutoCloseable {
    private static final String PROJECT = "dunlin-test";
    private static final String EMAIL = "push@dunlin-test.iam.gserviceaccount.example";

    private final SelfSignedCertificate certificate;
    private final HttpsServer server;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Instant> accessTokens = new ConcurrentHashMap<>();
    private final Map<String, KeyPair> accountKeys = new ConcurrentHashMap<>();
    private final Set<String> devices = ConcurrentHashMap.newKeySet();
    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> grantScript = new ConcurrentLinkedQueue<>();
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger grants = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration accessLife = Duration.ofSeconds(3_599);

    /** A message that was accepted. */
    public record Received(String token, JsonNode message) {}

    /**
     * A scripted answer.
     *
     * @param status 0: never answer
     * @param retryAfter the header; empty: none
     */
    public record Answer(int status, String retryAfter, String body) {
        /** An error of FCM's with that code. */
        public static Answer error(int status, String errorCode, String retryAfter) {
            return new Answer(status, retryAfter, FcmSchema.error(status, errorCode, "scripted"));
        }

        /** No answer at all, until the end. */
        public static Answer never() {
            return new Answer(0, "", "");
        }
    }

    private FcmEndpoint(SelfSignedCertificate certificate, HttpsServer server) {
        this.certificate = certificate;
        this.server = server;
    }

    /** Starts one on a free port; its certificate is written to the directory. */
    public static FcmEndpoint start(Path directory) throws IOException {
        return start(SelfSignedCertificate.make(directory));
    }

    /** Starts one on a free port. */
    public static FcmEndpoint start(SelfSignedCertificate certificate) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(certificate)));
        FcmEndpoint endpoint = new FcmEndpoint(certificate, server);
        server.createContext("/token", exchange -> endpoint.serve(exchange, endpoint::grant));
        server.createContext("/v1/projects/", exchange -> endpoint.serve(exchange, endpoint::send));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return endpoint;
    }

    private static SSLContext tls(SelfSignedCertificate certificate) throws IOException {
        try (InputStream bytes = Files.newInputStream(certificate.store())) {
            char[] password = certificate.password().toCharArray();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(bytes, password);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Host and port. */
    public String host() {
        return "localhost:" + server.getAddress().getPort();
    }

    /** What trusts the server, and nothing else. */
    public SelfSignedCertificate certificate() {
        return certificate;
    }

    /** Makes a new key for the service account, and writes the account as Google does. */
    public KeyPair account(Path file) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            String id = UUID.randomUUID().toString().replace("-", "");
            ObjectNode account = Json.mapper().createObjectNode();
            account.put("type", "service_account").put("project_id", PROJECT).put("private_key_id", id);
            account.put(
                    "private_key",
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(pair.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
            account.put("client_email", EMAIL).put("token_uri", tokenUri());
            accountKeys.put(id, pair);
            PrivateFile.write(file, new String(Json.write(account), UTF_8));
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Where access tokens are granted. */
    public String tokenUri() {
        return "https://" + host() + "/token";
    }

    /** The address of the account. */
    public String email() {
        return EMAIL;
    }

    /** From now on no key of the account is valid. */
    public void revokeAccountKeys() {
        accountKeys.clear();
    }

    /** From now on no access token is valid. */
    public void revokeAccessTokens() {
        accessTokens.clear();
    }

    /** How long the next access tokens live. */
    public void accessLife(Duration life) {
        accessLife = life;
    }

    /** A device that has the app. */
    public String device(String token) {
        devices.add(token);
        return token;
    }

    /** The next message gets this answer. */
    public void then(Answer answer) {
        script.add(answer);
    }

    /** The next request for an access token gets this answer. */
    public void thenGrant(Answer answer) {
        grantScript.add(answer);
    }

    /** How many access tokens were granted. */
    public int grants() {
        return grants.get();
    }

    /** What was accepted, in the order in which it came. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** What broke a rule, apart from scripted answers and devices that are gone. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private interface Handler {
        Answer answer(HttpExchange exchange, String body);
    }

    private void serve(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Answer answer = handler.answer(exchange, body);
            if (answer.status() == 0) {
                closed.await();
                return;
            }
            byte[] bytes = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
            if (!answer.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer grant(HttpExchange exchange, String body) {
        Answer scripted = grantScript.poll();
        if (scripted != null) {
            return scripted;
        }
        Optional<String> fault =
                FcmAssertion.fault(exchange, body, new FcmAssertion.Expected(EMAIL, tokenUri(), accountKeys, clock));
        if (fault.isPresent()) {
            complaints.add("token: " + fault.get());
            return new Answer(400, "", "{\"error\":\"invalid_grant\",\"error_description\":\"" + fault.get() + "\"}");
        }
        String token = "ya29." + UUID.randomUUID();
        accessTokens.put(token, clock.instant().plus(accessLife));
        grants.incrementAndGet();
        return new Answer(
                200,
                "",
                "{\"access_token\":\"%s\",\"expires_in\":%d,\"token_type\":\"Bearer\"}"
                        .formatted(token, accessLife.toSeconds()));
    }

    private Answer send(HttpExchange exchange, String body) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Instant until =
                accessTokens.getOrDefault(String.valueOf(authorization).replaceFirst("^Bearer ", ""), Instant.MIN);
        if (clock.instant().isAfter(until)) {
            return new Answer(401, "", FcmSchema.status(401, "UNAUTHENTICATED", "invalid authentication credentials"));
        }
        Answer scripted = script.poll();
        if (scripted != null) {
            return scripted;
        }
        if (!exchange.getRequestURI().getPath().equals("/v1/projects/" + PROJECT + "/messages:send")) {
            return new Answer(404, "", FcmSchema.status(404, "NOT_FOUND", "no such project"));
        }
        Optional<FcmSchema.Violation> violation = FcmSchema.violation(body);
        if (violation.isPresent()) {
            complaints.add(violation.get().toString());
            return new Answer(400, "", violation.get().body());
        }
        JsonNode message = FcmSchema.message(body);
        String token = message.path("token").asText();
        if (!devices.contains(token)) {
            return Answer.error(404, "UNREGISTERED", "");
        }
        received.add(new Received(token, message));
        return new Answer(200, "", "{\"name\":\"projects/" + PROJECT + "/messages/" + UUID.randomUUID() + "\"}");
    }
}
