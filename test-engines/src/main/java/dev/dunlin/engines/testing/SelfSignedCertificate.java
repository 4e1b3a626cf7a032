package dev.dunlin.engines.testing;

import dev.dunlin.engines.tokens.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of one test run that signs itself, for the loopback address unless other names are
 * given.
 *
 * @param store PKCS 12, with its key; {@link #password} opens it
 * @param certificate a PEM file
 * @param key a PEM file
 * @param trust what trusts it and nothing else
 */
public record SelfSignedCertificate(Path store, Path certificate, Path key, SSLContext trust) {
    private static final String ALIAS = "test";
    private static final String PASSWORD = "of-one-test-run";
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** Makes one, with the JDK's keytool. */
    public static SelfSignedCertificate make(Path directory) throws IOException {
        return make(directory, "IP:127.0.0.1,DNS:localhost");
    }

    /** Makes one for these names, as keytool writes them. */
    public static SelfSignedCertificate make(Path directory, String names) throws IOException {
        Files.createDirectories(directory);
        Path store = directory.resolve("self-signed.p12");
        Files.deleteIfExists(store);
        run(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "keytool")
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
                "SAN=" + names,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        try (InputStream bytes = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(bytes, PASSWORD.toCharArray());
            Path key = directory.resolve("self-signed.key");
            Path certificate = directory.resolve("self-signed.crt");
            PrivateFile.write(
                    key,
                    pem(
                            "PRIVATE KEY",
                            keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
            Files.writeString(
                    certificate, pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
            return new SelfSignedCertificate(store, certificate, key, trust(keys));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Opens {@link #store}, and the stores of {@link #trusting}. */
    public String password() {
        return PASSWORD;
    }

    /** Writes a PKCS 12 that trusts these certificates and nothing else. */
    public static Path trusting(Path file, SelfSignedCertificate... certificates) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(file)) {
            KeyStore trusted = empty();
            for (SelfSignedCertificate one : List.of(certificates)) {
                KeyStore keys = KeyStore.getInstance(one.store().toFile(), PASSWORD.toCharArray());
                trusted.setCertificateEntry("trusted-" + trusted.size(), keys.getCertificate(ALIAS));
            }
            trusted.store(bytes, PASSWORD.toCharArray());
            return file;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static SSLContext trust(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n"
                + new String(PEM.encode(bytes), StandardCharsets.US_ASCII) + "\n-----END " + type
                + "-----\n";
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
