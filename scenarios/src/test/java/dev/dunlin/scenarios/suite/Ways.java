package dev.dunlin.scenarios.suite;

import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.client.link.JdkLinkConnector;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.testing.SelfSignedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.awaitility.Awaitility;

/**
 * How clients reach a suite: its own gateway, or the real nginx with TLS and HTTP/2. Thread-safe.
 */
public final class Ways implements AutoCloseable {
    private static final String MISSING =
            "SKIPPED: there is no nginx on this machine, so clients go through the suite's own gateway only."
                    + " Install it (apt-get install nginx-light), or run .ci/run, which does.";

    private final Suite suite;
    private final Optional<Secure> secure;
    private final List<HttpClient> clients = new CopyOnWriteArrayList<>();

    private record Secure(Nginx nginx, SelfSignedCertificate certificate) {}

    /** One way through which clients come. */
    public enum Way {
        GATEWAY,
        NGINX
    }

    public Ways(Suite suite) throws IOException {
        this.suite = suite;
        Optional<Path> executable = Nginx.find();
        if (executable.isEmpty()) {
            System.err.println(MISSING);
        }
        this.secure = executable.map(program -> secure(program, suite));
        secure.ifPresent(this::awaitServing);
    }

    private static Secure secure(Path program, Suite suite) {
        try {
            SelfSignedCertificate certificate =
                    SelfSignedCertificate.make(Files.createTempDirectory(suite.data(), "ways"));
            Path deploy = Checkout.fromSystemProperty().root().resolve("deploy/nginx");
            return new Secure(Nginx.start(program, deploy, suite, certificate), certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitServing(Secure started) {
        Replies replies = new Replies(client(started.nginx().origin()));
        Awaitility.await()
                .atMost(Suite.DEADLINE)
                .failFast("nginx runs", () -> !started.nginx().isAlive())
                .ignoreExceptions()
                .until(() -> replies.get(URI.create(started.nginx().origin() + "/nowhere"))
                                .statusCode()
                        == 404);
    }

    /** All that are there. */
    public List<Way> all() {
        return secure.isPresent() ? List.of(Way.values()) : List.of(Way.GATEWAY);
    }

    /** The best there is: with TLS if nginx is there. */
    public Way outermost() {
        return all().getLast();
    }

    /** The origin of a way. */
    public URI origin(Way way) {
        return switch (way) {
            case GATEWAY -> suite.gateway();
            case NGINX -> secure.orElseThrow().nginx().origin();
        };
    }

    /** A way's clients, each call with connections of their own. */
    public Access access(Way way) {
        return access(origin(way));
    }

    /** Clients of any origin: {@code https} is trusted as nginx is. */
    public Access access(URI origin) {
        return access(origin, who -> suite.stack().userToken(who.user().value()));
    }

    /** The same with tokens of the caller's. */
    public Access access(URI origin, Function<Who, String> tokens) {
        HttpClient http = client(origin);
        return new Access(origin, http, tokens, new JdkLinkConnector(http), InstantSource.system());
    }

    private HttpClient client(URI origin) {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Suite.DEADLINE);
        HttpClient http = origin.getScheme().equals("https")
                ? builder.sslContext(secure.orElseThrow().certificate().trust()).build() // HTTP/2
                : builder.version(HttpClient.Version.HTTP_1_1).build();
        clients.add(http);
        return http;
    }

    @Override
    public void close() {
        clients.forEach(HttpClient::shutdownNow);
        secure.ifPresent(started -> started.nginx().close());
    }
}
