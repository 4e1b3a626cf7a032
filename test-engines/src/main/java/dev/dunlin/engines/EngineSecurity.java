package dev.dunlin.engines;

import java.nio.file.Path;

/**
 * TLS and a password for the engines, for tests of how the services are configured to use them.
 * {@code ./dev} uses neither.
 *
 * @param keyStore PKCS 12, the engines' certificate and its key
 * @param trustStore PKCS 12, the certificates that the engines trust; Cassandra requires one of
 *     each client
 * @param certificate the certificate of the key store, PEM
 * @param key the key of the key store, PEM
 * @param storePassword opens both stores
 * @param password of the one user, {@link EngineAddresses#USER}; Cassandra has its own,
 *     {@code cassandra}
 */
public record EngineSecurity(
        Path keyStore, Path trustStore, Path certificate, Path key, String storePassword, String password) {
    @Override
    public String toString() {
        return keyStore.toString();
    }
}
