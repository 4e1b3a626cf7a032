package dev.dunlin.localstack.gateway;

import dev.dunlin.engines.tokens.TokenIssuer;
import dev.dunlin.localstack.gateway.DevExample.Answer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The programs of {@code examples/} that are on the class path, by their path. Thread-safe. */
record DevExamples(Map<String, Answer> byPath) {
    private static final String PREFIX = "/dev/";

    DevExamples {
        byPath = Map.copyOf(byPath);
    }

    /** Finds and starts them. */
    static DevExamples start(UpstreamPool messageServices, TokenIssuer issuer, Clock clock) {
        return new DevExamples(ServiceLoader.load(DevExample.class).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(
                        example -> PREFIX + example.name(),
                        example -> example.start(new SuiteBackEnd(example.name(), messageServices, issuer, clock)))));
    }

    Optional<Answer> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }
}
