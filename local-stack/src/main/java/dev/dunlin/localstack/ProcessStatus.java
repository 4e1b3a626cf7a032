package dev.dunlin.localstack;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dunlin.engines.supervise.Health;
import org.jspecify.annotations.Nullable;

/**
 * One process of the stack, as {@code ./dev status --json} tells it.
 *
 * @param pid null while there is none
 * @param url where it is reached: {@code http://…} or {@code host:port}
 * @param management where a service has {@code /q}, {@code http://…}; null for anything else
 * @param log the file with its output
 */
public record ProcessStatus(
        String name,
        String role,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long pid,
        String url,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String management,
        Health health,
        String log) {}
