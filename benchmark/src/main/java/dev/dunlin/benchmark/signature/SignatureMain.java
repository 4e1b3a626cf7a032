package dev.dunlin.benchmark.signature;

import dev.dunlin.benchmark.report.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/**
 * Verifies signatures in a plain loop and prints the CPU time of one, for each algorithm that
 * tokens may have. It uses nothing but the JDK, so that a native image of it is small:
 * {@code native-image -march=… -cp benchmark/target/classes
 * dev.dunlin.benchmark.signature.SignatureMain}.
 */
public final class SignatureMain {
    private static final int ROUNDS = 8;
    private static final int EACH = 700;
    private static final byte[] TEXT = "x".repeat(400).getBytes(StandardCharsets.US_ASCII);

    private SignatureMain() {}

    /** An algorithm of RFC 7518 or RFC 8037, by the names that the JDK has for it. */
    private enum Algorithm {
        RS256("RSA", 2_048, "SHA256withRSA"),
        ES256("EC", 256, "SHA256withECDSA"),
        EDDSA("Ed25519", 255, "Ed25519");

        private final String keys;
        private final int bits;
        private final String signature;

        Algorithm(String keys, int bits, String signature) {
            this.keys = keys;
            this.bits = bits;
            this.signature = signature;
        }
    }

    public static void main(String[] args) throws GeneralSecurityException, IOException {
        for (Algorithm algorithm : Algorithm.values()) {
            System.out.println(algorithm + ": " + Format.whole(micros(algorithm)) + " µs of CPU to verify one");
        }
    }

    /** The best round: the first ones warm up. */
    private static double micros(Algorithm algorithm) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keys);
        generator.initialize(algorithm.bits);
        KeyPair pair = generator.generateKeyPair();
        Signature signer = Signature.getInstance(algorithm.signature);
        signer.initSign(pair.getPrivate());
        signer.update(TEXT);
        byte[] signed = signer.sign();
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = cpuNanos();
            for (int i = 0; i < EACH; i++) {
                Signature verifier = Signature.getInstance(algorithm.signature);
                verifier.initVerify(pair.getPublic());
                verifier.update(TEXT);
                if (!verifier.verify(signed)) {
                    throw new GeneralSecurityException(algorithm + " does not verify its own signature");
                }
            }
            best = Math.min(best, (cpuNanos() - before) / 1e3 / EACH);
        }
        return best;
    }

    /** Of this thread, as the scheduler counts it. */
    private static long cpuNanos() throws IOException {
        return Long.parseLong(
                Files.readString(Path.of("/proc/thread-self/schedstat")).split(" ", -1)[0]);
    }
}
