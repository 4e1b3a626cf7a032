package dev.dunlin.localstack.gateway;

import dev.dunlin.engines.tokens.TokenIssuer;
import dev.dunlin.engines.tokens.TokenIssuer.Token;
import dev.dunlin.engines.tokens.TokenRequest;
import dev.dunlin.localstack.gateway.DevExample.BackEnd;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The gateway's own suite, for one example. Thread-safe. */
final class SuiteBackEnd implements BackEnd {
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final Duration LEFT_AT_LEAST = Duration.ofMinutes(1);

    private final String name;
    private final UpstreamPool messageServices;
    private final TokenIssuer issuer;
    private final Clock clock;
    private Optional<Token> token = Optional.empty();

    SuiteBackEnd(String name, UpstreamPool messageServices, TokenIssuer issuer, Clock clock) {
        this.name = name;
        this.messageServices = messageServices;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public URI messageService() {
        Upstream service = messageServices.candidates().getFirst();
        return URI.create("http://" + service.host() + ":" + service.port());
    }

    @Override
    public synchronized String token() {
        Instant soon = clock.instant().plus(LEFT_AT_LEAST);
        Token good = token.filter(held -> held.expiresAt().isAfter(soon))
                .orElseGet(() -> issuer.issue(TokenRequest.server(name, TOKEN_LIFE)));
        token = Optional.of(good);
        return good.value();
    }

    @Override
    public Clock clock() {
        return clock;
    }
}
