package dev.dunlin.engines.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What a browser does with a push message: RFC 8291 over one record of RFC 8188. */
final class PushMessage {
    private PushMessage() {}

    /** RFC 8291 section 3.4, from the receiver's side. */
    static byte[] decrypt(PushEndpoint.Browser browser, byte[] body) throws GeneralSecurityException {
        ByteBuffer record = ByteBuffer.wrap(body);
        byte[] salt = take(record, 16);
        int recordSize = record.getInt();
        byte[] senderPoint = take(record, record.get() & 0xff);
        require(record.remaining() <= recordSize, "a push of more than one record");
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(browser.keys().getPrivate());
        agreement.doPhase(point(senderPoint), true);
        byte[] info = concat(
                "WebPush: info\0".getBytes(US_ASCII),
                bytes((ECPublicKey) browser.keys().getPublic()),
                senderPoint);
        byte[] ikm = derive(Base64.getUrlDecoder().decode(browser.auth()), agreement.generateSecret(), info, 32);
        byte[] key = derive(salt, ikm, "Content-Encoding: aes128gcm\0".getBytes(US_ASCII), 16);
        byte[] nonce = derive(salt, ikm, "Content-Encoding: nonce\0".getBytes(US_ASCII), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        byte[] padded = cipher.doFinal(take(record, record.remaining()));
        int end = padded.length - 1;
        while (padded[end] == 0) {
            end--;
        }
        require(padded[end] == 2, "a record that is not the last");
        return Arrays.copyOf(padded, end);
    }

    private static byte[] derive(byte[] salt, byte[] ikm, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(ikm).thenExpand(info, length));
    }

    static ECPublicKey point(byte[] bytes) throws GeneralSecurityException {
        require(bytes.length == 65 && bytes[0] == 4, "not an uncompressed point");
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(bytes, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(bytes, 33, 65)));
        return (ECPublicKey) KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    /** The last 65 bytes of the key's X.509 form are the uncompressed point. */
    static byte[] bytes(ECPublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length);
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
