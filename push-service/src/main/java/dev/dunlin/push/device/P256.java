package dev.dunlin.push.device;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;

/** Points of the curve P-256 as bytes: 0x04, x, y (SEC 1 section 2.3.3, uncompressed). */
public final class P256 {
    /** The length of a point. */
    public static final int POINT_BYTES = 65;

    private static final int COORDINATE_BYTES = 32;
    private static final byte UNCOMPRESSED = 4;
    private static final ECParameterSpec CURVE = curve();

    private P256() {}

    /** The curve. */
    public static ECParameterSpec curveParameters() {
        return CURVE;
    }

    /** The prime of the curve's field. */
    public static BigInteger prime() {
        return ((ECFieldFp) CURVE.getCurve().getField()).getP();
    }

    /** Reads a point; throws {@link IllegalArgumentException} unless it is on the curve. */
    public static ECPublicKey point(byte[] bytes) {
        if (bytes.length != POINT_BYTES || bytes[0] != UNCOMPRESSED) {
            throw new IllegalArgumentException("p256dh: must be an uncompressed point of P-256, 65 bytes in base64url");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 1 + COORDINATE_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(bytes, 1 + COORDINATE_BYTES, POINT_BYTES));
        BigInteger p = prime();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.multiply(y).mod(p).equals(ySquared(x))) {
            throw new IllegalArgumentException("p256dh: must be a point of P-256");
        }
        return key(new ECPoint(x, y));
    }

    /** The key with that point. */
    public static ECPublicKey key(ECPoint point) {
        try {
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The square of y at x. */
    public static BigInteger ySquared(BigInteger x) {
        BigInteger a = CURVE.getCurve().getA();
        BigInteger b = CURVE.getCurve().getB();
        return x.pow(3).add(a.multiply(x)).add(b).mod(prime());
    }

    /** The 65 bytes of a key. */
    public static byte[] bytes(ECPublicKey key) {
        byte[] bytes = new byte[POINT_BYTES];
        bytes[0] = UNCOMPRESSED;
        copy(key.getW().getAffineX(), bytes, 1);
        copy(key.getW().getAffineY(), bytes, 1 + COORDINATE_BYTES);
        return bytes;
    }

    private static void copy(BigInteger coordinate, byte[] to, int at) {
        byte[] magnitude = coordinate.toByteArray();
        int length = Math.min(magnitude.length, COORDINATE_BYTES);
        System.arraycopy(magnitude, magnitude.length - length, to, at + COORDINATE_BYTES - length, length);
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException e) {
            throw new IllegalStateException(e);
        }
    }
}
