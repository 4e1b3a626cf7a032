package dev.dunlin.scenarios.web;

import dev.dunlin.localstack.Checkout;
import dev.dunlin.localstack.LocalStack;
import dev.dunlin.localstack.StackOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The suite that the page talks to: one that runs already, at the system property {@code dunlin.suite.url} (for example
 * {@code ./dev up}), else one of its own.
 */
final class SuiteUnderTest implements AutoCloseable {
    private final URI gateway;
    private final Optional<LocalStack> own;

    private SuiteUnderTest(URI gateway, Optional<LocalStack> own) {
        this.gateway = gateway;
        this.own = own;
    }

    static SuiteUnderTest start() throws InterruptedException {
        Optional<URI> running =
                Optional.ofNullable(System.getProperty("dunlin.suite.url")).map(URI::create);
        if (running.isPresent()) {
            return new SuiteUnderTest(running.get(), Optional.empty());
        }
        StackOptions options =
                StackOptions.onFreePorts(Checkout.fromSystemProperty(), Path.of("target", "page", "suite"));
        LocalStack stack = LocalStack.start(options, System.out::println);
        return new SuiteUnderTest(stack.url(), Optional.of(stack));
    }

    URI gateway() {
        return gateway;
    }

    @Override
    public void close() {
        own.ifPresent(LocalStack::close);
    }
}
