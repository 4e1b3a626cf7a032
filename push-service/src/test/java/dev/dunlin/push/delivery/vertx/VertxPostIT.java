package dev.dunlin.push.delivery.vertx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.engines.testing.SelfSignedCertificate;
import dev.dunlin.push.delivery.Exchange;
import dev.dunlin.push.delivery.Post.Answer;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.endpoint.EndpointGuard;
import dev.dunlin.push.endpoint.Resolver;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls over TLS to a server of this test, directly and through a proxy. */
class VertxPostIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int AT_ONCE = 80;
    private static final byte[] BODY = "hello".getBytes(UTF_8);
    private static final Resolver LOOPBACK = _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
    private static final Resolver PUBLIC = _ -> new InetAddress[] {InetAddress.ofLiteral("8.8.8.8")};
    private static final Resolver NOBODY = host -> {
        throw new UnknownHostException(host);
    };

    private final Vertx vertx = Vertx.vertx();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private static SelfSignedCertificate certificate;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeAll
    static void makeCertificate(@TempDir Path files) throws IOException {
        certificate = SelfSignedCertificate.make(files, "DNS:hook.example");
    }

    @BeforeEach
    void start() {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyPath(certificate.key().toString())
                        .addCertPath(certificate.certificate().toString()));
        server = vertx.createHttpServer(options)
                .requestHandler(this::serve)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void serve(HttpServerRequest request) {
        requests.add(request.version() + " " + request.authority() + " " + request.uri());
        switch (request.path()) {
            case "/long" -> request.response().end("x".repeat(Exchange.MOST_BYTES + 1000));
            case "/empty" -> request.response().setStatusCode(404).end();
            case "/late" ->
                request.response()
                        .putHeader("Retry-After", "7")
                        .setStatusCode(503)
                        .end("later");
            case "/silent" -> {} // never answers
            default -> request.body().onSuccess(body -> request.response().end(body));
        }
    }

    @Test
    void anExchangeReadsTheBodyOfTheAnswerUpToItsLimit() {
        VertxPost post = direct();
        assertThat(post.send(endpoint("/echo"), Map.of(), BODY))
                .isEqualTo(new Exchange.Reply(new Answer.Status(200, ""), "hello"));
        assertThat(post.send(endpoint("/long"), Map.of(), BODY))
                .isEqualTo(new Exchange.Reply(new Answer.Status(200, ""), "x".repeat(Exchange.MOST_BYTES)));
        assertThat(post.send(endpoint("/empty"), Map.of(), BODY))
                .isEqualTo(new Exchange.Reply(new Answer.Status(404, ""), ""));
        assertThat(requests).first().asString().startsWith("HTTP_2 hook.example:");
    }

    @Test
    void aPostReadsTheStatusAndWhenToRetry() {
        VertxPost post = direct();
        assertThat(post.post(endpoint("/echo"), Map.of(), BODY)).isEqualTo(new Answer.Status(200, ""));
        assertThat(post.post(endpoint("/late"), Map.of(), BODY)).isEqualTo(new Answer.Status(503, "7"));
        assertThat(post.post(endpoint("/long"), Map.of(), BODY)).isEqualTo(new Answer.Status(200, ""));
    }

    @Test
    void asManyCallsRunAtOnceAsThereMayBeAlsoWithHttp1() {
        List<HttpServerResponse> waiting = new ArrayList<>(); // on the server's event loop
        HttpServer old = vertx.createHttpServer()
                .requestHandler(request -> {
                    waiting.add(request.response());
                    if (waiting.size() == AT_ONCE) {
                        waiting.forEach(HttpServerResponse::end);
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        Endpoint endpoint = Endpoint.of("http://hook.example:" + old.actualPort() + "/");
        VertxPost post = direct();
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                threads.execute(() -> answers.add(post.post(endpoint, Map.of(), BODY)));
            }
        }
        assertThat(answers).hasSize(AT_ONCE).containsOnly(new Answer.Status(200, ""));
    }

    @Test
    void whoNeverAnswersIsNotWaitedForForEver() {
        VertxPost post = new VertxPost(
                vertx,
                new EndpointGuard(LOOPBACK, true),
                Duration.ofMillis(300),
                Optional.empty(),
                AT_ONCE,
                options -> options.setTrustOptions(trust()));
        assertThat(post.send(endpoint("/silent"), Map.of(), BODY).answer()).isInstanceOf(Answer.Unanswered.class);
    }

    @Test
    void aProxyIsAskedForTheNameAndTheCertificateIsThatOfTheName() throws IOException {
        try (ConnectProxy proxy = ConnectProxy.start(server.actualPort())) {
            VertxPost post = proxied(PUBLIC, proxy, Optional.empty());
            assertThat(post.send(Endpoint.of("https://hook.example/echo"), Map.of(), BODY)
                            .body())
                    .isEqualTo("hello");
            assertThat(proxy.asked()).containsExactly("hook.example:443");
            assertThat(requests).containsExactly("HTTP_2 hook.example /echo");

            assertThat(post.post(Endpoint.of("https://other.example/echo"), Map.of(), BODY))
                    .as("the certificate is for hook.example only")
                    .isInstanceOf(Answer.Unanswered.class);
            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void aProxyIsAskedForANameThatThisMachineDoesNotKnow() throws IOException {
        try (ConnectProxy proxy = ConnectProxy.start(server.actualPort())) {
            VertxPost post = proxied(NOBODY, proxy, Optional.empty());
            assertThat(post.post(Endpoint.of("https://hook.example/echo"), Map.of(), BODY))
                    .isEqualTo(new Answer.Status(200, ""));
        }
    }

    @Test
    void aProxyIsNotAskedForAnAddressThatIsKnownToBePrivate() throws IOException {
        try (ConnectProxy proxy = ConnectProxy.start(server.actualPort())) {
            VertxPost post = proxied(LOOPBACK, proxy, Optional.empty());
            assertThat(post.post(Endpoint.of("https://hook.example/echo"), Map.of(), BODY))
                    .isInstanceOf(Answer.Forbidden.class);
            assertThat(post.post(Endpoint.of("http://hook.example/echo"), Map.of(), BODY))
                    .isInstanceOf(Answer.Forbidden.class);
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void theCredentialsOfAProxyAreReadAgainWhenTheirFileChanges() throws IOException {
        Path file = Files.writeString(directory.resolve("credentials"), "push:one:two\n");
        try (ConnectProxy proxy = ConnectProxy.start(server.actualPort())) {
            proxy.require("push:one:two");
            VertxPost post = proxied(PUBLIC, proxy, Optional.of(file));
            Endpoint endpoint = Endpoint.of("https://hook.example/echo");
            assertThat(post.post(endpoint, Map.of(), BODY)).isEqualTo(new Answer.Status(200, ""));

            proxy.require("push:three");
            VertxPost afterRestart = proxied(PUBLIC, proxy, Optional.of(file));
            assertThat(afterRestart.post(endpoint, Map.of(), BODY)).isInstanceOf(Answer.Unanswered.class);

            Path next = Files.writeString(directory.resolve("next"), "push:three");
            Files.setLastModifiedTime(next, FileTime.fromMillis(1));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(afterRestart.post(endpoint, Map.of(), BODY)).isEqualTo(new Answer.Status(200, ""));

            Files.delete(file);
            assertThat(afterRestart.post(endpoint, Map.of(), BODY))
                    .isInstanceOfSatisfying(
                            Answer.Unanswered.class,
                            answer -> assertThat(answer.reason()).contains("credentials-file"));
        }
    }

    @Test
    void credentialsThatAreNoneAreRefusedAtTheStart() throws IOException {
        for (String text : List.of("", "word", ":password", "user:pass\nword")) {
            Path file = Files.writeString(directory.resolve("credentials"), text);
            assertThatThrownBy(() -> new EgressProxy("localhost", 3128, Optional.of(file)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private VertxPost direct() {
        return post(new EndpointGuard(LOOPBACK, true), Optional.empty());
    }

    private VertxPost proxied(Resolver resolver, ConnectProxy proxy, Optional<Path> credentials) {
        return post(
                new EndpointGuard(resolver, false, true),
                Optional.of(new EgressProxy("127.0.0.1", proxy.port(), credentials)));
    }

    private VertxPost post(EndpointGuard guard, Optional<EgressProxy> proxy) {
        return new VertxPost(vertx, guard, TIMEOUT, proxy, AT_ONCE, options -> options.setTrustOptions(trust()));
    }

    private static PemTrustOptions trust() {
        return new PemTrustOptions().addCertPath(certificate.certificate().toString());
    }

    private Endpoint endpoint(String path) {
        return Endpoint.of("https://hook.example:" + server.actualPort() + path);
    }
}
