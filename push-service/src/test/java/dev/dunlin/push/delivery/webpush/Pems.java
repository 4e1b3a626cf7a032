package dev.dunlin.push.delivery.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dunlin.push.delivery.webpush.VapidFiles.KeyOfFile;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Key files for tests. */
public final class Pems {
    private Pems() {}

    /** A new key pair on P-256. */
    public static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** The private key as {@code openssl genpkey} writes it. */
    public static String of(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** Those keys, by id, without files. */
    public static VapidKeys keys(Map<String, KeyPair> pairs) {
        Map<String, KeyOfFile> keys = new HashMap<>();
        pairs.forEach((id, pair) -> keys.put(id, new KeyOfFile(VapidKey.ofPem(of(pair)), Instant.EPOCH)));
        return new VapidKeys(
                new VapidFiles(Optional.empty(), Optional.empty()),
                new VapidFiles.Content(keys, Map.of()),
                "mailto:ops@dunlin.example",
                Clock.fixed(Instant.now(), ZoneOffset.UTC), // so that it never looks for files
                _ -> {});
    }
}
