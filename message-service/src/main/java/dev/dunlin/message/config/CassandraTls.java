package dev.dunlin.message.config;

import dev.dunlin.message.cassandra.CassandraOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads the stores that {@code dunlin.cassandra.tls.*} names. */
final class CassandraTls {
    private static final String KEY = "dunlin.cassandra.tls";
    private static final String TRUST_STORE = KEY + ".trust-store";
    private static final String KEY_STORE = KEY + ".key-store";

    private CassandraTls() {}

    /** Null without TLS. Throws {@link ConfigurationException}. */
    static CassandraOptions.@Nullable Tls of(CassandraSettings.Tls settings) {
        if (!settings.enabled()) {
            onlyWithTls(TRUST_STORE, settings.trustStore());
            onlyWithTls(KEY_STORE, settings.keyStore());
            return null;
        }
        try {
            if (settings.keyStore().isEmpty() && settings.trustStore().isEmpty()) {
                return new CassandraOptions.Tls(SSLContext.getDefault(), settings.verifyHostName());
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys(settings.keyStore(), settings.keyStorePassword()),
                    trusted(settings.trustStore(), settings.trustStorePassword()),
                    null);
            return new CassandraOptions.Tls(context, settings.verifyHostName());
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException(KEY + ": " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keys(Optional<Path> file, Optional<String> password)
            throws GeneralSecurityException {
        if (file.isEmpty()) {
            return null;
        }
        char[] secret = password.orElse("").toCharArray();
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(open(KEY_STORE, file.get(), secret), secret);
        return managers.getKeyManagers();
    }

    private static TrustManager @Nullable [] trusted(Optional<Path> file, Optional<String> password)
            throws GeneralSecurityException {
        if (file.isEmpty()) {
            return null;
        }
        KeyStore store = open(TRUST_STORE, file.get(), password.orElse("").toCharArray());
        if (store.size() == 0) {
            throw new ConfigurationException(TRUST_STORE + ": " + file.get() + " has no certificate");
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers.getTrustManagers();
    }

    private static KeyStore open(String key, Path file, char[] password) throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(file.toFile(), password);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    key + ": " + file + " cannot be read with " + key + "-password: " + e.getMessage(), e);
        }
    }

    private static void onlyWithTls(String key, Optional<Path> file) {
        if (file.isPresent()) {
            throw new ConfigurationException(key + ": must not be there without " + KEY + "=true");
        }
    }
}
