package dev.dunlin.push.device;

import java.util.Optional;

/**
 * The keys that browsers subscribe with ({@code applicationServerKey}, RFC 8292). They may change
 * while the service runs. Thread-safe; may read files.
 */
public interface ServerKeys {
    /** The id of a key that was in use before keys had ids. */
    String FIRST = "default";

    /** The key for new subscriptions; empty if Web Push is not configured. */
    Optional<ServerKey> newest();

    /** The id of the key with that public key; empty if there is none. */
    Optional<String> idOf(String publicKey);

    /**
     * One of the keys.
     *
     * @param publicKey a point of P-256, uncompressed, 65 bytes in base64url without padding
     */
    record ServerKey(String id, String publicKey) {}
}
