package dev.dunlin.engines.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A push service with its browsers, and a receiver of webhooks, over real HTTP on the loopback
 * interface. It is as strict as they are: a push must keep RFC 8030 (TTL), RFC 8292 (VAPID) and RFC
 * 8291 (it is decrypted with the browser's own key), a webhook must be signed. What does not is
 * answered with a 4xx and noted under {@link #complaints}. Safe for use by many threads.
 */
public final class PushEndpoint implements AutoCloseable {
    private static final int MOST_BYTES = 4096;
    private static final Duration MOST_TOKEN_LIFE = Duration.ofHours(24);
    private static final Duration MOST_SIGNATURE_AGE = Duration.ofMinutes(5);
    private static final Pattern VAPID = Pattern.compile("vapid t=(([\\w-]+)\\.([\\w-]+))\\.([\\w-]+), ?k=([\\w-]+)");
    private static final Pattern CHALLENGE =
            Pattern.compile("\\{\"type\":\"challenge\",.*\"challenge\":\"([\\w-]{43})\"}");
    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]+),v1=([0-9a-f]{64})");

    private final HttpServer server;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger names = new AtomicInteger();
    private final Map<String, Device> devices = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger challenges = new AtomicInteger();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private PushEndpoint(HttpServer server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    /** Starts one on a free port. */
    public static PushEndpoint start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PushEndpoint endpoint = new PushEndpoint(server, Clock.systemUTC());
        server.createContext("/", endpoint::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return endpoint;
    }

    /** Something that can be notified: the URL to register. */
    public sealed interface Device {
        String url();
    }

    /** A browser's subscription; what a page gets from {@code PushManager.subscribe}. */
    public record Browser(String url, KeyPair keys, String auth, String applicationServerKey) implements Device {
        public String p256dh() {
            return base64(PushMessage.bytes((ECPublicKey) keys.getPublic()));
        }

        /** As {@code PushSubscription.toJSON()} says it. */
        public String json() {
            return """
                    {"endpoint":"%s","expirationTime":null,"keys":{"p256dh":"%s","auth":"%s"}}""".formatted(url, p256dh(), auth);
        }
    }

    /**
     * A receiver of webhooks. It repeats challenges.
     *
     * @param secret empty if it does not know it yet: then it repeats challenges of anybody
     */
    public record Hook(String url, String secret) implements Device {}

    /** A notification that came and was right, in clear text. */
    public record Received(Device device, String json, Map<String, String> headers) {
        /** The header of that name, whatever its case; empty if there was none. */
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
        }
    }

    /** A new browser, subscribed with the application server's VAPID key (base64url). */
    public Browser browser(String applicationServerKey) throws GeneralSecurityException {
        byte[] auth = new byte[16];
        random.nextBytes(auth);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        String url = origin() + "/push/" + names.incrementAndGet();
        Browser browser = new Browser(url, generator.generateKeyPair(), base64(auth), applicationServerKey);
        devices.put(url, browser);
        return browser;
    }

    /** A new receiver of webhooks. */
    public Hook hook(String secret) {
        Hook hook = new Hook(origin() + "/hook/" + names.incrementAndGet(), secret);
        devices.put(hook.url(), hook);
        return hook;
    }

    /** A new receiver of webhooks whose secret push-service is to make. */
    public Hook hookWithoutSecret() {
        return hook("");
    }

    /** From now on the device is gone: 410. */
    public void remove(Device device) {
        devices.remove(device.url());
    }

    /** The next so many notifications to the device are answered with 503. */
    public void refuse(Device device, int times) {
        refusals.put(device.url(), new AtomicInteger(times));
    }

    /** How many challenges came that were right. */
    public int challenges() {
        return challenges.get();
    }

    /** What came and was right, in the order in which it came. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** What came for one device and was right. */
    public List<Received> received(Device device) {
        return received.stream()
                .filter(one -> one.device().url().equals(device.url()))
                .toList();
    }

    /** What came and was wrong. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Scheme, host and port. */
    public String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private record Answer(int status, String body) {
        Answer(int status) {
            this(status, "");
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Optional<Device> device = Optional.ofNullable(
                devices.get(origin() + exchange.getRequestURI().getPath()));
        if (device.isEmpty()) {
            return new Answer(410);
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        AtomicInteger refusing = refusals.getOrDefault(device.get().url(), new AtomicInteger());
        if (refusing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return new Answer(503);
        }
        Headers headers = exchange.getRequestHeaders();
        try {
            require(exchange.getRequestMethod().equals("POST"), "not a POST");
            String json =
                    switch (device.get()) {
                        case Browser browser -> read(browser, headers, body);
                        case Hook hook -> read(hook, headers, body);
                    };
            Matcher challenge = CHALLENGE.matcher(json);
            if (device.get() instanceof Hook && challenge.matches()) {
                challenges.incrementAndGet();
                return new Answer(200, "{\"challenge\":\"" + challenge.group(1) + "\"}");
            }
            Map<String, String> first = new ConcurrentHashMap<>();
            headers.forEach((name, values) -> first.put(name, values.getFirst()));
            received.add(new Received(device.get(), json, first));
            return new Answer(201);
        } catch (GeneralSecurityException | RuntimeException e) {
            complaints.add(exchange.getRequestURI() + ": " + e.getMessage());
            return new Answer(400);
        }
    }

    private String read(Hook hook, Headers headers, byte[] body) throws GeneralSecurityException {
        require(header(headers, "Content-Type").equals("application/json"), "a webhook that is not JSON");
        Matcher signature = SIGNATURE.matcher(header(headers, "Dunlin-Signature"));
        require(signature.matches(), "a webhook without signature");
        Instant at = Instant.ofEpochSecond(Long.parseLong(signature.group(1)));
        require(Duration.between(at, clock.instant()).abs().compareTo(MOST_SIGNATURE_AGE) < 0, "an old signature");
        if (hook.secret().isEmpty()) {
            require(CHALLENGE.matcher(new String(body, UTF_8)).matches(), "a notification before the secret is known");
            return new String(body, UTF_8);
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(hook.secret().getBytes(UTF_8), "HmacSHA256"));
        mac.update((signature.group(1) + ".").getBytes(UTF_8));
        byte[] given = HexFormat.of().parseHex(signature.group(2));
        require(MessageDigest.isEqual(mac.doFinal(body), given), "a wrong signature");
        return new String(body, UTF_8);
    }

    private String read(Browser browser, Headers headers, byte[] body) throws GeneralSecurityException {
        require(body.length <= MOST_BYTES, "a push of more than " + MOST_BYTES + " bytes");
        require(header(headers, "TTL").matches("[0-9]+"), "a push without TTL");
        require(header(headers, "Content-Encoding").equals("aes128gcm"), "a push that is not aes128gcm");
        require(header(headers, "Topic").matches("[\\w-]{0,32}"), "a topic of more than 32 characters of base64url");
        require(header(headers, "Urgency").matches("|very-low|low|normal|high"), "an urgency that is none");
        verify(browser, header(headers, "Authorization"));
        return new String(PushMessage.decrypt(browser, body), UTF_8);
    }

    private void verify(Browser browser, String authorization) throws GeneralSecurityException {
        Matcher vapid = VAPID.matcher(authorization);
        require(vapid.matches(), "a push without VAPID");
        require(vapid.group(5).equals(browser.applicationServerKey()), "not the key that the browser subscribed with");
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(PushMessage.point(unbase64(vapid.group(5))));
        verifier.update(vapid.group(1).getBytes(US_ASCII));
        require(verifier.verify(unbase64(vapid.group(4))), "a VAPID token with a wrong signature");
        require(claim("alg", vapid.group(2)).equals("ES256"), "a VAPID token that is not ES256");
        require(claim("aud", vapid.group(3)).equals(origin()), "a VAPID token for somebody else");
        require(claim("sub", vapid.group(3)).matches("(mailto:|https:).+"), "a VAPID token without a contact");
        Instant expires = Instant.ofEpochSecond(Long.parseLong(claim("exp", vapid.group(3))));
        Duration left = Duration.between(clock.instant(), expires);
        require(left.isPositive() && left.compareTo(MOST_TOKEN_LIFE) <= 0, "a VAPID token with a wrong end");
    }

    private static String claim(String name, String part) {
        Matcher claim =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]+)").matcher(new String(unbase64(part), UTF_8));
        return claim.find() ? claim.group(1) : "";
    }

    private static String header(Headers headers, String name) {
        return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] unbase64(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
