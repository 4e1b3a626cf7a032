package dev.dunlin.scenarios.check;

import dev.dunlin.checker.nemesis.Fault;
import dev.dunlin.checker.nemesis.StackVictims;
import dev.dunlin.checker.run.Check;
import dev.dunlin.checker.run.CheckOptions;
import dev.dunlin.checker.run.Report;
import dev.dunlin.checker.run.Result;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.client.link.JdkLinkConnector;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Store;
import dev.dunlin.localstack.LocalStack;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;

/** A suite with two connection nodes and two message-services, for checks. */
final class CheckedSuite implements AutoCloseable {
    private static final int SMALL = 8;
    private static final int SLOWLY = 25;

    private final LocalStack stack;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** {@code suite} is closed by whoever started it. */
    CheckedSuite(Suite suite) {
        this.stack = suite.stack();
    }

    private static Path directory(String name) {
        return Checkout.fromSystemProperty()
                .root()
                .resolve("scenarios/target/check")
                .resolve(name);
    }

    LocalStack stack() {
        return stack;
    }

    Access access() {
        return new Access(
                stack.url(),
                http,
                who -> who.server()
                        ? stack.serverToken(who.user().value())
                        : stack.userToken(who.user().value()),
                new JdkLinkConnector(http),
                InstantSource.system());
    }

    /**
     * A few seconds with a few clients and nothing that dies. {@code name} is one that no other
     * check of this suite has.
     */
    Check small(String name, Access access, boolean presence) {
        return check(
                new CheckOptions(
                        1,
                        Duration.ofSeconds(4),
                        List.of(),
                        Store.POSTGRES,
                        SMALL,
                        SLOWLY,
                        2,
                        2,
                        name,
                        Duration.ZERO,
                        presence,
                        false),
                access);
    }

    Check check(CheckOptions options, Access access) {
        return new Check(
                options,
                access,
                new StackVictims(stack, options.store()),
                directory("evidence-" + options.name()),
                line -> System.out.println("[" + options.name() + "] " + line));
    }

    /** All that is wrong with the schedule of a seed. */
    static CheckOptions whole(long seed, Duration length, String name) {
        return new CheckOptions(seed, length, Fault.all(), Store.POSTGRES, 24, 60, 2, 2, name, Duration.ofSeconds(4));
    }

    /** Shows a result and gives it on. */
    static Result shown(Result result) {
        Report.lines(result).forEach(System.out::println);
        return result;
    }

    /** A room of a check with that name. */
    static ChannelName room(String name) {
        return new ChannelName("room:" + name + "-1");
    }

    static Result run(Check check) throws InterruptedException {
        try {
            return shown(check.run());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
