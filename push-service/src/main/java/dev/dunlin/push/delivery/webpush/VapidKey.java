package dev.dunlin.push.delivery.webpush;

import dev.dunlin.push.device.P256;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.KeyAgreement;

/** The key that identifies this suite to push services (RFC 8292). Immutable. */
public final class VapidKey {
    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    private final ECPrivateKey privateKey;
    private final ECPublicKey publicKey;

    private VapidKey(ECPrivateKey privateKey, ECPublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * Reads the text of a PEM file: PKCS #8, unencrypted, curve P-256. Throws
     * {@link IllegalArgumentException} for anything else.
     */
    public static VapidKey ofPem(String pem) {
        Matcher matcher = PEM.matcher(pem.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not one PEM block BEGIN PRIVATE KEY (PKCS #8)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
            ECPrivateKey key =
                    (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            if (!key.getParams().getCurve().equals(P256.curveParameters().getCurve())) {
                throw new IllegalArgumentException("not a key of the curve P-256");
            }
            return new VapidKey(key, publicKeyOf(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an EC private key in PKCS #8", e);
        }
    }

    /**
     * A PKCS #8 file need not contain the public key, and the JDK has no public API to multiply
     * points. Key agreement with the generator gives the x of the point. Two points have that x;
     * the right one verifies a signature of the private key.
     */
    private static ECPublicKey publicKeyOf(ECPrivateKey key) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key);
        agreement.doPhase(P256.key(P256.curveParameters().getGenerator()), true);
        BigInteger x = new BigInteger(1, agreement.generateSecret());
        BigInteger p = P256.prime();
        // p = 3 mod 4, so this is a square root
        BigInteger y = P256.ySquared(x).modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        byte[] probe = {1};
        byte[] signature = sign(key, probe);
        for (BigInteger candidate : List.of(y, p.subtract(y))) {
            ECPublicKey publicKey = P256.key(new ECPoint(x, candidate));
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(publicKey);
            verifier.update(probe);
            if (verifier.verify(signature)) {
                return publicKey;
            }
        }
        throw new GeneralSecurityException("the key is not a point of its curve");
    }

    private static byte[] sign(ECPrivateKey key, byte[] data) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(ALGORITHM);
        signer.initSign(key);
        signer.update(data);
        return signer.sign();
    }

    /** An ES256 signature: r and s, 32 bytes each (RFC 7518, section 3.4). */
    byte[] sign(byte[] data) {
        try {
            return sign(privateKey, data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The public key as browsers expect it ({@code applicationServerKey}): the uncompressed point
     * in base64url.
     */
    public String publicKey() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(P256.bytes(publicKey));
    }
}
