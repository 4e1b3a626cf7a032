package dev.dunlin.push.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.protocol.Json;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** A signed JSON Web Token in compact form (RFC 7515 section 7.1). */
public final class Jwt {
    /** How a token is signed (RFC 7518 section 3.1). */
    public enum Algorithm {
        ES256("SHA256withECDSAinP1363Format"),
        RS256("SHA256withRSA");

        private final String signature;

        Algorithm(String signature) {
            this.signature = signature;
        }
    }

    private Jwt() {}

    /**
     * Signs {@code claims}. {@code header} gets {@code alg}. Throws {@link IllegalStateException}
     * if the key does not fit the algorithm.
     */
    public static String signed(Algorithm algorithm, PrivateKey key, ObjectNode header, ObjectNode claims) {
        String content = base64(Json.write(header.put("alg", algorithm.name()))) + "." + base64(Json.write(claims));
        try {
            Signature signer = Signature.getInstance(algorithm.signature);
            signer.initSign(key);
            signer.update(content.getBytes(US_ASCII));
            return content + "." + base64(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
