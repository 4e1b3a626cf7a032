package dev.dunlin.edge;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dunlin.protocol.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes REST use the same JSON rules as the frames. */
public final class JsonMapperProducer {
    @Produces
    @Singleton
    ObjectMapper mapper() {
        return Json.mapper();
    }
}
