package dev.dunlin.push.delivery.webpush;

import dev.dunlin.push.device.P256;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * The key pair of a sender on P-256, for one message (RFC 8291 section 3.1). By Bouncy Castle: with
 * the JDK, the agreement of keys takes most of the CPU of a delivery. Immutable.
 */
final class SenderKey {
    private static final int SECRET_BYTES = 32;
    private static final ECDomainParameters CURVE = curve();

    private final ECPrivateKeyParameters secret;
    private final byte[] publicKey;

    private SenderKey(ECPrivateKeyParameters secret, byte[] publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /** A new one. */
    static SenderKey next(SecureRandom random) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(CURVE, random));
        var pair = generator.generateKeyPair();
        return new SenderKey(
                (ECPrivateKeyParameters) pair.getPrivate(),
                ((ECPublicKeyParameters) pair.getPublic()).getQ().getEncoded(false));
    }

    /** The one with that secret. */
    static SenderKey of(BigInteger secret) {
        return new SenderKey(
                new ECPrivateKeyParameters(secret, CURVE),
                new FixedPointCombMultiplier()
                        .multiply(CURVE.getG(), secret)
                        .normalize()
                        .getEncoded(false));
    }

    /** The public key: {@value P256#POINT_BYTES} bytes. */
    byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * The secret that is shared with the owner of a public key: 32 bytes (SEC 1 section 3.3.1).
     * Throws {@link IllegalArgumentException} unless the key is a point of the curve.
     */
    byte[] agree(byte[] point) {
        ECDHBasicAgreement agreement = new ECDHBasicAgreement();
        agreement.init(secret);
        BigInteger shared = agreement.calculateAgreement(
                new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point), CURVE));
        return BigIntegers.asUnsignedByteArray(SECRET_BYTES, shared);
    }

    private static ECDomainParameters curve() {
        X9ECParameters parameters = CustomNamedCurves.getByName("secp256r1");
        return new ECDomainParameters(parameters);
    }
}
