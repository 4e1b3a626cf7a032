package dev.dunlin.localstack.engines;

import java.nio.file.Path;

/**
 * TLS and a password for the engines: what the tests of the services' own configuration need. {@code ./dev} uses
 * neither, on the loopback address.
 *
 * @param keyStore PKCS 12, the engines' certificate and its key
 * @param trustStore PKCS 12, whom the engines trust; Cassandra wants such a certificate of each client
 * @param certificate that of the key store, PEM
 * @param key that of the key store, PEM
 * @param storePassword opens both stores
 * @param password of the one user, {@link EngineAddresses#USER}; Cassandra has its own, {@code cassandra}
 */
public record EngineSecurity(
        Path keyStore, Path trustStore, Path certificate, Path key, String storePassword, String password) {
    @Override
    public String toString() {
        return keyStore.toString();
    }
}
