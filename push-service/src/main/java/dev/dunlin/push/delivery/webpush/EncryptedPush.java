package dev.dunlin.push.delivery.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dunlin.push.device.P256;
import dev.dunlin.push.device.SubscriptionKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The body of a push message for one subscription: content coding {@code aes128gcm} of RFC 8188 in
 * one record, with the keys of RFC 8291 section 3.4. Names are those of the RFCs.
 */
final class EncryptedPush {
    /**
     * What fits into the 4096 bytes that every push service must accept (RFC 8030 section 7.2, RFC
     * 8291 section 4).
     */
    static final int MAX_PLAINTEXT_BYTES = 3993;

    static final int SALT_BYTES = 16;

    private static final int RECORD_SIZE = 4096;
    private static final int HEADER_BYTES = SALT_BYTES + 4 + 1 + P256.POINT_BYTES;
    private static final byte LAST_RECORD = 2;
    private static final int TAG_BITS = 128;
    private static final String HMAC = "HmacSHA256";

    private EncryptedPush() {}

    /** Use {@code sender} and {@code salt} for one message only. */
    static byte[] body(byte[] plaintext, SubscriptionKeys keys, SenderKey sender, byte[] salt)
            throws GeneralSecurityException {
        if (plaintext.length > MAX_PLAINTEXT_BYTES) {
            throw new IllegalArgumentException("a push message is at most " + MAX_PLAINTEXT_BYTES + " bytes");
        }
        byte[] asPublic = sender.publicKey();
        byte[] ikm = inputKeyingMaterial(keys, sender, asPublic);
        byte[] prk = hmac(salt, ikm);
        byte[] key = expand(prk, info("Content-Encoding: aes128gcm\0"), 16);
        byte[] nonce = expand(prk, info("Content-Encoding: nonce\0"), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        byte[] record = Arrays.copyOf(plaintext, plaintext.length + 1);
        record[plaintext.length] = LAST_RECORD;
        byte[] ciphertext = cipher.doFinal(record);
        return ByteBuffer.allocate(HEADER_BYTES + ciphertext.length)
                .put(salt)
                .putInt(RECORD_SIZE)
                .put((byte) P256.POINT_BYTES)
                .put(asPublic)
                .put(ciphertext)
                .array();
    }

    private static byte[] inputKeyingMaterial(SubscriptionKeys keys, SenderKey sender, byte[] asPublic)
            throws GeneralSecurityException {
        byte[] uaPublic = keys.publicKey();
        byte[] keyInfo = concat(info("WebPush: info\0"), uaPublic, asPublic);
        return expand(hmac(keys.authSecret(), sender.agree(uaPublic)), keyInfo, 32);
    }

    /** HKDF-Expand of RFC 5869, for at most one block. */
    private static byte[] expand(byte[] prk, byte[] info, int length) throws GeneralSecurityException {
        return Arrays.copyOf(hmac(prk, concat(info, new byte[] {1})), length);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(data);
    }

    private static byte[] info(String text) {
        return text.getBytes(US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
