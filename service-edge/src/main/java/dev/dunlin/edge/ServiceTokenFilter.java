package dev.dunlin.edge;

import dev.dunlin.protocol.TraceId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import org.jboss.logging.MDC;

/**
 * Adds the service token to calls to other services, and the trace id if the thread has one under
 * {@code traceId}.
 */
@Singleton
public final class ServiceTokenFilter implements ClientRequestFilter {
    private final ServiceTokenFile file;

    @Inject
    ServiceTokenFilter(ServiceTokenFile file) {
        this.file = file;
    }

    @Override
    public void filter(ClientRequestContext request) throws IOException {
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + file.token());
        if (MDC.get("traceId") instanceof TraceId trace) {
            request.getHeaders().putSingle(TraceId.HEADER, trace.traceparent());
        }
    }
}
