package dev.dunlin.push.delivery.apns;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.delivery.Jwt;
import dev.dunlin.push.delivery.Pem;
import dev.dunlin.push.device.P256;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key by which Apple knows this suite. Immutable. */
public final class ApnsKey {
    private static final Pattern ID = Pattern.compile("[A-Z0-9]{10}");
    private static final Pattern FILE_NAME = Pattern.compile("AuthKey_([A-Z0-9]{10})\\.p8");

    private final String id;
    private final PrivateKey key;

    private ApnsKey(String id, PrivateKey key) {
        this.id = id;
        this.key = key;
    }

    /**
     * Reads a {@code .p8} file of Apple's. Throws {@link IllegalArgumentException} if it is not a
     * P-256 key, or if the id is unknown.
     *
     * @param id 10 capital letters and digits; empty: the one in the file's name, as Apple names it
     */
    public static ApnsKey of(Path file, String pem, Optional<String> id) {
        if (!(Pem.privateKey(pem, "EC") instanceof ECPrivateKey key)
                || !key.getParams().getCurve().equals(P256.curveParameters().getCurve())) {
            throw new IllegalArgumentException("not a key of the curve P-256");
        }
        return new ApnsKey(id.filter(given -> ID.matcher(given).matches()).orElseGet(() -> idOf(file)), key);
    }

    private static String idOf(Path file) {
        Matcher name = FILE_NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            throw new IllegalArgumentException("not named AuthKey_<key id>.p8, and there is no key id");
        }
        return name.group(1);
    }

    String id() {
        return id;
    }

    /** A provider token (Apple: "Establishing a token-based connection to APNs"). */
    String token(String team, Instant issuedAt) {
        ObjectNode header = Json.mapper().createObjectNode().put("kid", id);
        ObjectNode claims = Json.mapper().createObjectNode().put("iss", team).put("iat", issuedAt.getEpochSecond());
        return Jwt.signed(Jwt.Algorithm.ES256, key, header, claims);
    }
}
