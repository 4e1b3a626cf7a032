package dev.dunlin.connection.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for localhost that nobody else has signed.
 *
 * @param file     PKCS 12, with its key
 * @param keyStore what is in the file
 */
public record SelfMadeCertificate(Path file, KeyStore keyStore) {
    private static final String ALIAS = "node";
    private static final char[] PASSWORD = "only-for-tests".toCharArray();

    /** Makes one with the JDK's keytool, or takes the one that is there. */
    static SelfMadeCertificate in(Path directory) throws IOException, InterruptedException {
        Path store = directory.resolve("node.p12");
        if (!Files.exists(store)) {
            int status = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            ALIAS,
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "SAN=dns:localhost,ip:127.0.0.1",
                            "-validity",
                            "3650",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            String.valueOf(PASSWORD)))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("keytool ended with " + status);
            }
        }
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            return new SelfMadeCertificate(store, keys);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Opens the file. */
    String password() {
        return String.valueOf(PASSWORD);
    }

    /** For clients that trust this certificate and no other. */
    public SSLContext trusting() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, keyStore.getCertificate(ALIAS));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
