package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS with the nodes of the cluster. A certificate must name what the node was asked for by: a contact point as it is
 * written, any other node by its address. The driver's own factory would ask the DNS for the name of an address, and
 * so trust whoever answers for it.
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
