package dev.dunlin.localstack.cli;

import dev.dunlin.engines.tokens.TokenIssuer;
import dev.dunlin.engines.tokens.TokenRequest;
import dev.dunlin.protocol.UserId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        description = "Prints a JWT that is signed with the local stack's own key.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "USER", description = "The user: 1 to 64 characters of [A-Za-z0-9_.@-].")
    private String user = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            description = "What the token allows besides: server for a back end, internal for the services themselves.")
    private List<String> scopes = List.of();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = Lifetime.class,
            description = "How long it is good: 90s, 30m, 1h, 7d; by default 1h.")
    private Duration ttl = Duration.ofHours(1);

    @Override
    public Integer call() throws IOException {
        try {
            UserId subject = new UserId(user);
            TokenIssuer issuer = new TokenIssuer(data.directory().signingKey(), Clock.systemUTC());
            TokenRequest request = new TokenRequest(subject.value(), ttl, scopes, List.of());
            Output.of(spec).line(issuer.issue(request).value());
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(), "USER: " + e.getMessage());
        }
    }
}
