package dev.dunlin.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Somebody who issues tokens and publishes a JWKS, whose keys come and go. */
final class Issuer implements AutoCloseable {
    private final HttpServer http;
    private final AtomicInteger fetches = new AtomicInteger();
    private final List<PublicJsonWebKey> keys = new CopyOnWriteArrayList<>();
    private volatile String cacheControl = "";
    private volatile boolean away;

    Issuer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/jwks.json", this::answer);
        http.start();
    }

    /** A new key, published. */
    PublicJsonWebKey newKey(String algorithm) {
        PublicJsonWebKey key = keyOf(algorithm);
        keys.add(key);
        return key;
    }

    /** A key that is not published. */
    static PublicJsonWebKey keyOf(String algorithm) {
        try {
            PublicJsonWebKey key =
                    switch (algorithm) {
                        case "RS256" -> RsaJwkGenerator.generateJwk(2048);
                        case "ES256" -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
                        default -> OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
                    };
            key.setAlgorithm(algorithm);
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    void withdraw(PublicJsonWebKey key) {
        keys.remove(key);
    }

    /** How long others may keep what they fetched. */
    void cacheControl(String value) {
        cacheControl = value;
    }

    void away(boolean isAway) {
        away = isAway;
    }

    int fetches() {
        return fetches.get();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/jwks.json";
    }

    static String token(PublicJsonWebKey key, float expiresInMinutes) {
        return token(key.getAlgorithm(), key.getKeyId(), key.getPrivateKey(), expiresInMinutes);
    }

    static String token(String algorithm, String kid, Key key, float expiresInMinutes) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("alice");
        NumericDate issued = NumericDate.now();
        issued.addSeconds(-600);
        claims.setIssuedAt(issued);
        claims.setExpirationTimeMinutesInTheFuture(expiresInMinutes);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(kid);
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        byte[] body =
                new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8);
        if (!cacheControl.isEmpty()) {
            exchange.getResponseHeaders().add("Cache-Control", cacheControl);
        }
        exchange.sendResponseHeaders(away ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
