package dev.dunlin.push.config;

import dev.dunlin.push.delivery.vertx.EgressProxy;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the setting of the proxy. One that cannot be used stops the start with one line. */
final class ProxySetting {
    private static final int MOST_PORT = 65_535;

    private ProxySetting() {}

    static Optional<EgressProxy> read(PushConfig.Proxy proxy) {
        Optional<Path> file = proxy.credentialsFile();
        if (proxy.url().isEmpty()) {
            if (file.isPresent()) {
                throw ConfigCheck.refuse("proxy.credentials-file", file.get(), "absent without dunlin.push.proxy.url");
            }
            return Optional.empty();
        }
        URI url = require(proxy.url().get());
        try {
            return Optional.of(new EgressProxy(url.getHost(), url.getPort(), file));
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw ConfigCheck.refuse(
                    "proxy.credentials-file", file.map(Path::toString).orElse(""), "a file of one line user:password");
        }
    }

    /** The message does not repeat the URL, which may have a password. */
    private static URI require(URI url) {
        boolean bare = url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && (url.getRawPath() == null || url.getRawPath().matches("/?"));
        if (!"http".equals(url.getScheme())
                || url.getHost() == null
                || url.getPort() < 1
                || url.getPort() > MOST_PORT
                || !bare) {
            throw ConfigCheck.refuse(
                    "proxy.url",
                    "...",
                    "http://host:port; user and password belong in dunlin.push.proxy.credentials-file");
        }
        return url;
    }
}
