package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS with the nodes of the cluster. A certificate must name what the connection was opened to: a
 * contact point as configured, any other node by its address. The driver's own factory would look
 * up the name of an address in DNS, and trust whoever answers.
 */
final class TlsEngines implements SslEngineFactory {
    private final CassandraOptions.Tls tls;

    TlsEngines(CassandraOptions.Tls tls) {
        this.tls = tls;
    }

    @Override
    public SSLEngine newSslEngine(EndPoint endPoint) {
        SSLEngine engine = endPoint.resolve() instanceof InetSocketAddress address
                ? tls.context().createSSLEngine(address.getHostString(), address.getPort())
                : tls.context().createSSLEngine();
        engine.setUseClientMode(true);
        if (tls.verifyHostName()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return engine;
    }

    @Override
    public void close() {}
}
