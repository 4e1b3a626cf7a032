package dev.dunlin.engines.testing.apns;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.pushy.apns.auth.ApnsVerificationKey;
import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.MockApnsServerListener;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.eatthepath.pushy.apns.server.ValidatingPushNotificationHandlerFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.testing.SelfSignedCertificate;
import dev.dunlin.engines.tokens.PrivateFile;
import dev.dunlin.protocol.Json;
import io.netty.buffer.ByteBuf;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * APNs with its devices, over real TLS and HTTP/2 on the loopback interface: Pushy's mock server,
 * which verifies provider tokens, and further rules that Apple documents. What breaks a rule is
 * refused and noted under {@link #complaints}. Safe for use by many threads.
 */
public final class ApnsEndpoint implements AutoCloseable {
    /** The id of the developer team. */
    public static final String TEAM = "DUNLINTEAM";

    private final SelfSignedCertificate certificate;
    private final Map<String, Set<String>> tokensByTopic = new ConcurrentHashMap<>();
    private final Map<String, Instant> unregistered = new ConcurrentHashMap<>();
    private final Map<String, ApnsVerificationKey> keys = new ConcurrentHashMap<>();
    private final Map<ApnsVerificationKey, Set<String>> topicsByKey = new ConcurrentHashMap<>();
    private final Map<String, RejectionReason> scripted = new ConcurrentHashMap<>();
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final ValidatingPushNotificationHandlerFactory pushy =
            new ValidatingPushNotificationHandlerFactory(tokensByTopic, unregistered, keys, topicsByKey);
    private final NioEventLoopGroup thread = new NioEventLoopGroup(1);
    private final MockApnsServer server;
    private final int port;

    /** A notification that was accepted; the names of headers are in lower case. */
    public record Received(String token, Map<String, String> headers, JsonNode payload, int bytes) {
        /** The header of that name; empty if there was none. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private ApnsEndpoint(SelfSignedCertificate certificate) throws IOException {
        this.certificate = certificate;
        this.server = new MockApnsServerBuilder()
                .setServerCredentials(
                        certificate.certificate().toFile(), certificate.key().toFile(), null)
                .setUseAlpn(true)
                .setEventLoopGroup(thread)
                .setHandlerFactory(this::handler)
                .setListener(new Listener())
                .build();
        this.port = server.start(0).join();
    }

    /** Starts one on a free port; its certificate is written to the directory. */
    public static ApnsEndpoint start(Path directory) throws IOException {
        return new ApnsEndpoint(SelfSignedCertificate.make(directory));
    }

    /** Host and port. */
    public String host() {
        return "localhost:" + port;
    }

    /** What trusts the server, and nothing else. */
    public SelfSignedCertificate certificate() {
        return certificate;
    }

    /**
     * Makes a key that may send to these topics, and writes it as Apple does.
     *
     * @param file is replaced
     * @param id 10 capital letters and digits
     */
    public KeyPair key(Path file, String id, String... topics) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            ApnsVerificationKey key = new ApnsVerificationKey(id, TEAM, (ECPublicKey) pair.getPublic());
            topicsByKey.put(key, Set.of(topics));
            keys.put(id, key);
            PrivateFile.write(
                    file,
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(pair.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----");
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** From now on tokens of that key are invalid. */
    public void revoke(String id) {
        keys.remove(id);
    }

    /** The token of a device that has the app: 64 hexadecimal digits. */
    public String device(int number, String topic) {
        String token = "%064x".formatted(number);
        tokensByTopic.computeIfAbsent(topic, _ -> ConcurrentHashMap.newKeySet()).add(token);
        return token;
    }

    /** From now on the app is not on the device. */
    public void unregister(String token, Instant since) {
        unregistered.put(token, since);
    }

    /** From now on notifications to the device get this answer. */
    public void refuse(String token, RejectionReason reason) {
        scripted.put(token, reason);
    }

    /** What was accepted, in the order in which it came. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** What was accepted for one device. */
    public List<Received> received(String token) {
        return received.stream().filter(one -> one.token().equals(token)).toList();
    }

    /** What broke a rule, apart from scripted answers and devices that are gone. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        server.shutdown().join();
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private PushNotificationHandler handler(SSLSession session) {
        PushNotificationHandler rules = pushy.buildHandler(session);
        return (headers, payload) -> {
            RejectionReason reason = scripted.get(token(headers));
            if (reason != null) {
                throw new RejectedNotificationException(reason);
            }
            try {
                rules.handlePushNotification(forPushy(headers), payload);
                checkFurther(headers, payload.toString(UTF_8));
            } catch (RuntimeException e) {
                complaints.add(token(headers) + ": " + e);
                throw e;
            }
        };
    }

    /**
     * Pushy expects the signature of a token in DER. JWS demands r and s, 32 bytes each (RFC 7518
     * section 3.4): anything else is refused, and the rest is for Pushy to check.
     */
    private static Http2Headers forPushy(Http2Headers headers) throws RejectedNotificationException {
        String authorization = header(headers, "authorization");
        int dot = authorization.lastIndexOf('.');
        byte[] signature;
        try {
            signature = Base64.getUrlDecoder().decode(authorization.substring(dot + 1));
        } catch (IllegalArgumentException e) {
            signature = new byte[0];
        }
        require(signature.length == 64, RejectionReason.INVALID_PROVIDER_TOKEN);
        byte[] r = new BigInteger(1, Arrays.copyOf(signature, 32)).toByteArray();
        byte[] s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)).toByteArray();
        ByteBuffer der = ByteBuffer.allocate(6 + r.length + s.length);
        der.put((byte) 0x30).put((byte) (4 + r.length + s.length));
        der.put((byte) 0x02).put((byte) r.length).put(r);
        der.put((byte) 0x02).put((byte) s.length).put(s);
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(der.array());
        return new DefaultHttp2Headers()
                .setAll(headers)
                .set("authorization", authorization.substring(0, dot + 1) + encoded);
    }

    /** Apple: "Sending notification requests to APNs", and "Pushing background updates". */
    private static void checkFurther(Http2Headers headers, String payload) throws RejectedNotificationException {
        String type = header(headers, "apns-push-type");
        require(type.equals("alert") || type.equals("background"), RejectionReason.INVALID_PUSH_TYPE);
        String priority = header(headers, "apns-priority");
        require(type.equals("alert") || priority.equals("5"), RejectionReason.BAD_PRIORITY);
        require(header(headers, "apns-expiration").matches("[0-9]*"), RejectionReason.BAD_EXPIRATION_DATE);
        JsonNode aps = json(payload).path("aps");
        require(aps.isObject(), RejectionReason.PAYLOAD_EMPTY);
        boolean shows = aps.has("alert") || aps.has("sound");
        require(type.equals("alert") || !shows, RejectionReason.INVALID_PUSH_TYPE);
        require(type.equals("alert") || aps.path("content-available").asInt() == 1, RejectionReason.INVALID_PUSH_TYPE);
    }

    private static void require(boolean holds, RejectionReason reason) throws RejectedNotificationException {
        if (!holds) {
            throw new RejectedNotificationException(reason);
        }
    }

    private static String header(Http2Headers headers, String name) {
        return String.valueOf(headers.get(name, ""));
    }

    private static String token(Http2Headers headers) {
        String path = String.valueOf(headers.path());
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static JsonNode json(String payload) {
        try {
            return Json.mapper().readTree(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Called on the server's event loop. */
    private final class Listener implements MockApnsServerListener {
        @Override
        public void handlePushNotificationAccepted(Http2Headers headers, ByteBuf payload) {
            Map<String, String> all = new TreeMap<>();
            headers.forEach(header ->
                    all.put(header.getKey().toString(), header.getValue().toString()));
            received.add(new Received(
                    token(headers), Map.copyOf(all), json(payload.toString(UTF_8)), payload.readableBytes()));
        }

        @Override
        public void handlePushNotificationRejected(
                Http2Headers headers, ByteBuf payload, RejectionReason reason, @Nullable Instant since) {
            if (since == null && !scripted.containsKey(token(headers))) {
                complaints.add(token(headers) + ": " + reason);
            }
        }
    }
}
