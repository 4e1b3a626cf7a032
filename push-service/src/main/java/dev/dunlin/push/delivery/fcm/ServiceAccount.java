package dev.dunlin.push.delivery.fcm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.delivery.Jwt;
import dev.dunlin.push.delivery.Pem;
import java.net.URI;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;

/** The account of Google's in whose name this suite sends. Immutable. */
public final class ServiceAccount {
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final Duration LIFE = Duration.ofHours(1);

    private final String email;
    private final String project;
    private final String keyId;
    private final URI tokenUri;
    private final PrivateKey key;

    private ServiceAccount(String email, String project, String keyId, URI tokenUri, PrivateKey key) {
        this.email = email;
        this.project = project;
        this.keyId = keyId;
        this.tokenUri = tokenUri;
        this.key = key;
    }

    /**
     * Reads the JSON file that the Firebase console makes. Throws {@link IllegalArgumentException}
     * that names the field.
     */
    public static ServiceAccount of(Path file, String text) {
        try {
            JsonNode json = Json.parse(text.getBytes(UTF_8));
            String project = field(json, "project_id");
            if (!project.matches("[a-z0-9][a-z0-9:.-]{0,99}")) {
                throw new IllegalArgumentException("project_id: must be the id of a Google project");
            }
            return new ServiceAccount(
                    field(json, "client_email"),
                    project,
                    json.path("private_key_id").asText(""),
                    tokenUri(field(json, "token_uri")),
                    key(field(json, "private_key")));
        } catch (InvalidInput e) {
            throw new IllegalArgumentException("not a service account in JSON", e);
        }
    }

    private static PrivateKey key(String pem) {
        try {
            return Pem.privateKey(pem, "RSA");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("private_key: " + e.getMessage(), e);
        }
    }

    private static URI tokenUri(String text) {
        if (!text.matches("https://[A-Za-z0-9.:-]+/[\\w./-]*")) {
            throw new IllegalArgumentException("token_uri: must be an https URL");
        }
        return URI.create(text);
    }

    private static String field(JsonNode json, String name) {
        String value = json.path(name).asText("");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + ": is required");
        }
        return value;
    }

    String project() {
        return project;
    }

    /** Where access tokens are granted. */
    URI tokenUri() {
        return tokenUri;
    }

    /**
     * What an access token is granted for (RFC 7523 section 2.1; Google: "Using OAuth 2.0 for
     * server to server applications").
     */
    String assertion(Instant now) {
        ObjectNode header = Json.mapper().createObjectNode().put("typ", "JWT");
        if (!keyId.isEmpty()) {
            header.put("kid", keyId);
        }
        ObjectNode claims = Json.mapper()
                .createObjectNode()
                .put("iss", email)
                .put("scope", SCOPE)
                .put("aud", tokenUri.toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond());
        return Jwt.signed(Jwt.Algorithm.RS256, key, header, claims);
    }
}
