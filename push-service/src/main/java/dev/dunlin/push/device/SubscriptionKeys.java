package dev.dunlin.push.device;

import dev.dunlin.protocol.Check;
import java.util.Base64;

/**
 * The keys of a browser's subscription, in base64url as browsers send them.
 *
 * @param p256dh the browser's public key: a point of P-256, uncompressed, 65 bytes
 * @param auth the authentication secret, 16 bytes
 */
public record SubscriptionKeys(String p256dh, String auth) {
    private static final int AUTH_BYTES = 16;

    public SubscriptionKeys {
        P256.point(decode("p256dh", Check.required("p256dh", p256dh)));
        if (decode("auth", Check.required("auth", auth)).length != AUTH_BYTES) {
            throw new IllegalArgumentException("auth: must be " + AUTH_BYTES + " bytes in base64url");
        }
    }

    /** The key to agree with: {@value P256#POINT_BYTES} bytes. */
    public byte[] publicKey() {
        return decode("p256dh", p256dh);
    }

    /** The authentication secret. */
    public byte[] authSecret() {
        return decode("auth", auth);
    }

    private static byte[] decode(String field, String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": must be base64url", e);
        }
    }
}
