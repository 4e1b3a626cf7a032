package dev.dunlin.engines.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * The local stack's own key: made once, kept where only its owner can read it. RS256, since each
 * handshake and each call verifies a token, and that takes the JDK an eighth of the time that it
 * takes for ES256.
 */
public final class SigningKey {
    private static final int BITS = 2048;

    private final PublicJsonWebKey key;

    private SigningKey(PublicJsonWebKey key) {
        this.key = key;
    }

    /** The key in that file, made now if the file is not there. */
    public static SigningKey load(Path file) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(file, generate().key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        }
        try {
            return new SigningKey(PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file)));
        } catch (JoseException e) {
            throw new IOException(file + " is not a key: delete it to have a new one", e);
        }
    }

    /** A key that nobody else has. */
    public static SigningKey generate() {
        try {
            PublicJsonWebKey key = RsaJwkGenerator.generateJwk(BITS);
            key.setUse("sig");
            key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256").substring(0, 16));
            return new SigningKey(key);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    PublicJsonWebKey key() {
        return key;
    }

    /** The public half, as RFC 7517 has it. */
    public String jwks() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }
}
