package dev.dunlin.edge;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.Key;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys in a file. It is read again when it changes; the library would read it once. If the file
 * is missing, unreadable or half written, the previous keys stay, with a warning. Thread-safe; it
 * reads the attributes of the file for each token.
 */
final class JwksFile implements VerificationKeyResolver, TokenKeys {
    private static final Logger LOG = Logger.getLogger(JwksFile.class);
    private static final String SCHEME = "file:";

    private final JWTAuthContextInfo verification;
    private final Path file;
    private final LongSupplier nanos;
    private volatile Loaded loaded;

    private record Loaded(Version version, RotatingKeys keys) {}

    /** Identifies the content: it changes when the file is written or replaced. */
    private record Version(FileTime modified, long bytes, String file) {}

    private JwksFile(JWTAuthContextInfo verification, Path file, LongSupplier nanos) throws UnresolvableKeyException {
        this.verification = verification;
        this.file = file;
        this.nanos = nanos;
        this.loaded = new Loaded(version(file), new RotatingKeys(verification, nanos));
    }

    /** Reads the keys at a location if that is a file; throws if it has none. */
    static Optional<JwksFile> at(String location, JWTAuthContextInfo verification, LongSupplier nanos)
            throws UnresolvableKeyException {
        Path file = Path.of(
                location.startsWith(SCHEME)
                        ? location.substring(SCHEME.length()).replaceFirst("^//(?=/)", "")
                        : location);
        return Files.isRegularFile(file) ? Optional.of(new JwksFile(verification, file, nanos)) : Optional.empty();
    }

    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        reload();
        return loaded.keys().resolveKey(signature, nesting);
    }

    @Override
    public Object current() {
        reload();
        return loaded.keys();
    }

    /** Reads the attributes of a local file, as every token does. */
    @Override
    public Object known() {
        return current();
    }

    private void reload() {
        Version now = version(file);
        if (!now.equals(loaded.version())) {
            synchronized (this) {
                if (!now.equals(loaded.version())) {
                    loaded = new Loaded(now, load());
                }
            }
        }
    }

    private RotatingKeys load() {
        try {
            return new RotatingKeys(verification, nanos);
        } catch (UnresolvableKeyException e) {
            LOG.warnf("The keys in %s cannot be read now, the old ones stay: %s", file, e.getMessage());
            return loaded.keys();
        }
    }

    private static Version version(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            return new Version(FileTime.fromMillis(0), 0, "none");
        }
    }
}
