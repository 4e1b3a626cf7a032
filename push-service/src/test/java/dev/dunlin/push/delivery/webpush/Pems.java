package dev.dunlin.push.delivery.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.KeyPair;
import java.util.Base64;

/** Key files for tests. */
public final class Pems {
    private Pems() {}

    /** The private key as {@code openssl genpkey} writes it. */
    public static String of(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
