package dev.dunlin.edge;

import dev.dunlin.protocol.TraceId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Puts the service token on calls to other services, and the trace id if the thread's {@code traceId} is known. */
@Singleton
public final class ServiceTokenFilter implements ClientRequestFilter {
    private final Path file;
    private volatile @Nullable Loaded loaded;

    @Inject
    ServiceTokenFilter(ServiceToken config) {
        this.file = config.file();
    }

    private record Loaded(FileTime modified, String token) {}

    @Override
    public void filter(ClientRequestContext request) throws IOException {
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token());
        if (MDC.get("traceId") instanceof TraceId trace) {
            request.getHeaders().putSingle(TraceId.HEADER, trace.traceparent());
        }
    }

    private String token() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        Loaded known = loaded;
        if (known == null || !known.modified().equals(modified)) {
            known = new Loaded(modified, Files.readString(file).strip());
            loaded = known;
        }
        return known.token();
    }
}
