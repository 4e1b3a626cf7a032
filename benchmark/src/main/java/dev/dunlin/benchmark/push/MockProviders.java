package dev.dunlin.benchmark.push;

import dev.dunlin.engines.testing.FcmEndpoint;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.engines.testing.SelfSignedCertificate;
import dev.dunlin.engines.tokens.PrivateFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntBiFunction;

/**
 * FCM, APNs, a browser's push service, and a host that accepts connections and never answers, in
 * this process, on one event loop. They note which device a request is for and accept it: that a
 * request is right is tested elsewhere, and to check it would take the CPU that is measured. FCM
 * and APNs speak HTTP/2 over TLS, the push service HTTP/1.1 without TLS: push-service trusts no
 * certificate of ours there. The service account is granted its access token by
 * {@link FcmEndpoint}. Thread-safe.
 */
final class MockProviders implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    /** Another host: the push service has more places than one that users choose. */
    private static final String DEAD_HOST = "127.0.0.2";

    private static final String TEAM = "DUNLINTEAM";
    /** As many as Apple allows. */
    private static final int STREAMS_APNS = 1_000;

    private static final int STREAMS_FCM = 100;
    private static final String FCM_TOKEN = "\"token\":\"fcm-";
    private static final Buffer FCM_ANSWER = Buffer.buffer("{\"name\":\"projects/dunlin-test/messages/1\"}");
    private static final int HEX = 16;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Map<Provider, HttpServer> servers = new EnumMap<>(Provider.class);
    private final Map<Provider, Received> current = new ConcurrentHashMap<>();
    private final AtomicInteger swallowed = new AtomicInteger();
    private final NetServer dead;
    private final FcmEndpoint grants;
    private final SelfSignedCertificate certificate;
    private final Path account;
    private final Path key;
    private final String browserKeys;
    private volatile Duration answerAfter = Duration.ZERO;

    /** Starts them; their keys are written to the directory. Blocks. */
    MockProviders(Path directory) throws IOException {
        certificate = SelfSignedCertificate.make(directory);
        grants = FcmEndpoint.start(certificate);
        account = directory.resolve("account.json");
        var unused = grants.account(account);
        key = directory.resolve("AuthKey_ABCDEFGHIJ.p8");
        writeApnsKey(key);
        browserKeys = browserKeys();
        listen(Provider.FCM, secure(STREAMS_FCM), (_, body) -> ofFcm(body));
        listen(Provider.APNS, secure(STREAMS_APNS), (request, _) -> ofPath(request, HEX));
        listen(Provider.WEBPUSH, new HttpServerOptions(), (request, _) -> ofPath(request, 10));
        dead = await(vertx.createNetServer()
                .connectHandler(socket -> {
                    swallowed.incrementAndGet();
                    socket.handler(_ -> {});
                })
                .listen(0, DEAD_HOST));
    }

    private HttpServerOptions secure(int streams) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(streams))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificate.certificate().toString())
                        .addKeyPath(certificate.key().toString()));
    }

    private void listen(
            Provider provider, HttpServerOptions options, ToIntBiFunction<HttpServerRequest, Buffer> deviceOf)
            throws IOException {
        HttpServer server = vertx.createHttpServer(options)
                .requestHandler(request -> request.body()
                        .onSuccess(body -> answer(provider, request.response(), deviceOf.applyAsInt(request, body))));
        servers.put(provider, await(server.listen(0, HOST)));
    }

    private void answer(Provider provider, HttpServerResponse response, int device) {
        Received received = current.get(provider);
        if (received != null) {
            received.arrived(device);
        }
        long pause = answerAfter.toMillis();
        if (pause == 0) {
            accept(provider, response);
        } else {
            vertx.setTimer(pause, _ -> accept(provider, response));
        }
    }

    private static void accept(Provider provider, HttpServerResponse response) {
        var unused =
                switch (provider) {
                    case FCM ->
                        response.putHeader("content-type", "application/json").end(FCM_ANSWER);
                    case APNS -> response.end();
                    case WEBPUSH -> response.setStatusCode(201).end();
                };
    }

    private static int ofFcm(Buffer body) {
        String text = body.toString();
        int from = text.lastIndexOf(FCM_TOKEN) + FCM_TOKEN.length();
        return Integer.parseInt(text, from, text.indexOf('"', from), 10);
    }

    private static int ofPath(HttpServerRequest request, int radix) {
        String path = request.path();
        return Integer.parseInt(path, path.lastIndexOf('/') + 1, path.length(), radix);
    }

    /** The settings of push-service that send everything here. */
    Map<String, String> environment() {
        String trusted = certificate.certificate().toString();
        Map<String, String> variables = new HashMap<>();
        variables.put("DUNLIN_PUSH_FCM_SERVICE_ACCOUNT_FILE", account.toString());
        variables.put("DUNLIN_PUSH_FCM_HOST", HOST + ":" + port(Provider.FCM));
        variables.put("DUNLIN_PUSH_FCM_TRUST_FILE", trusted);
        variables.put("DUNLIN_PUSH_APNS_KEY_FILE", key.toString());
        variables.put("DUNLIN_PUSH_APNS_TEAM_ID", TEAM);
        variables.put("DUNLIN_PUSH_APNS_HOST", HOST + ":" + port(Provider.APNS));
        variables.put("DUNLIN_PUSH_APNS_TRUST_FILE", trusted);
        variables.put("DUNLIN_PUSH_PROVIDERS_SERVICES", HOST);
        return variables;
    }

    private int port(Provider provider) {
        HttpServer server = servers.get(provider);
        if (server == null) {
            throw new IllegalStateException(provider + " does not listen");
        }
        return server.actualPort();
    }

    /** The body that registers a device. */
    String registration(Provider provider, int device) {
        return switch (provider) {
            case FCM -> "{\"kind\":\"fcm\",\"token\":\"fcm-%06d\"}".formatted(device);
            case APNS -> "{\"kind\":\"apns\",\"topic\":\"com.example.chat\",\"token\":\"%064x\"}".formatted(device);
            case WEBPUSH ->
                "{\"kind\":\"webpush\",\"subscription\":{\"endpoint\":\"http://%s:%d/push/%d\",\"keys\":%s}}"
                        .formatted(HOST, port(Provider.WEBPUSH), device, browserKeys);
        };
    }

    /** The body that registers a webhook at the host that never answers. */
    String deadRegistration(int device) {
        return "{\"kind\":\"webhook\",\"url\":\"http://%s:%d/hook/%d\"}"
                .formatted(DEAD_HOST, dead.actualPort(), device);
    }

    /** From now on notifications of that provider are noted for these devices. */
    Received begin(Provider provider, int devices) {
        Received received = new Received(devices);
        current.put(provider, received);
        return received;
    }

    /** From now on providers answer a request after this pause, in whole milliseconds. */
    void answerAfter(Duration pause) {
        answerAfter = pause;
    }

    /** How many connections the host that never answers accepted so far. */
    int swallowed() {
        return swallowed.get();
    }

    /**
     * As {@code PushSubscription.toJSON()} has them. All browsers have the same: each message is
     * encrypted with a new key of the sender's anyway.
     */
    private static String browserKeys() throws IOException {
        try (PushEndpoint endpoint = PushEndpoint.start()) {
            PushEndpoint.Browser browser = endpoint.browser("");
            return "{\"p256dh\":\"%s\",\"auth\":\"%s\"}".formatted(browser.p256dh(), browser.auth());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void writeApnsKey(Path file) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            String encoded = Base64.getMimeEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            PrivateFile.write(file, "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        grants.close();
        var unused = await(vertx.close());
    }
}
