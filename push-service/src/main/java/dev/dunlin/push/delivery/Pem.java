package dev.dunlin.push.delivery;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads private keys: PKCS #8 in PEM (RFC 7468 section 10), unencrypted. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    private Pem() {}

    /**
     * Reads a key of {@code algorithm}, {@code EC} or {@code RSA}. Throws
     * {@link IllegalArgumentException} for anything else.
     */
    public static PrivateKey privateKey(String pem, String algorithm) {
        Matcher block = BLOCK.matcher(pem.strip());
        if (!block.matches()) {
            throw new IllegalArgumentException("not one PEM block BEGIN PRIVATE KEY (PKCS #8)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not an unencrypted " + algorithm + " key in PKCS #8", e);
        }
    }
}
