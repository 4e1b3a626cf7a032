package dev.dunlin.localstack.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** The local stack's own ES256 key: made once, kept where only its owner can read it. */
public final class SigningKey {
    private final EllipticCurveJsonWebKey key;

    private SigningKey(EllipticCurveJsonWebKey key) {
        this.key = key;
    }

    /** The key in that file, made now if the file is not there. */
    public static SigningKey load(Path file) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(file, generate().key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        }
        try {
            return new SigningKey((EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(Files.readString(file)));
        } catch (JoseException e) {
            throw new IOException(file + " is not a key: delete it to have a new one", e);
        }
    }

    /** A key that nobody else has. */
    public static SigningKey generate() {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setUse("sig");
            key.setAlgorithm("ES256");
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256").substring(0, 16));
            return new SigningKey(key);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    EllipticCurveJsonWebKey key() {
        return key;
    }

    /** The public half, as RFC 7517 has it. */
    public String jwks() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }
}
