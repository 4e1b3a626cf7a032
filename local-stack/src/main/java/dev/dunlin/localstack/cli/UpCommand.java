package dev.dunlin.localstack.cli;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.Ports;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.localstack.DataDirectory;
import dev.dunlin.localstack.LocalStack;
import dev.dunlin.localstack.StackOptions;
import dev.dunlin.localstack.build.Build;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "up", description = "Builds what is not built and starts everything.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--port", paramLabel = "PORT", description = "Of the gateway, by default 8080; 0 for a free one.")
    private int port = 8080;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "What the gateway listens on, by default 127.0.0.1: this machine only.")
    private String bind = "127.0.0.1";

    @Mixin
    private SuiteOptions suite = new SuiteOptions(1);

    @Option(names = "--fresh", description = "Forgets the messages, users and devices of earlier runs.")
    private boolean fresh;

    @Option(names = "--detach", description = "Goes on in the background when everything is up.")
    private boolean detach;

    @Option(names = "--native", description = "Runs the services' native binaries.")
    private boolean nativeImages;

    @Option(
            names = "--trace",
            paramLabel = "SHARE",
            arity = "0..1",
            fallbackValue = "1",
            description = "Logs what each service did to a message, of all messages or of a share: 0.01.")
    private double trace;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Output out = Output.of(spec);
        DataDirectory directory = data.directory();
        refuseSecond(directory);
        if (port != 0 && !Ports.isFree(port)) {
            throw new StackException(
                    "Port " + port + " is taken by another program: end that one, or choose another port with --port");
        }
        if (suite.nodes() < 1 || suite.nodes() > StackOptions.MOST_NODES) {
            throw new StackException(
                    "--nodes " + suite.nodes() + ": 1 to " + StackOptions.MOST_NODES + " are possible");
        }
        if (suite.messageServices() < 1 || suite.messageServices() > StackOptions.MOST_NODES) {
            throw new StackException("--message-services " + suite.messageServices() + ": 1 to "
                    + StackOptions.MOST_NODES + " are possible");
        }
        if (!(trace >= 0 && trace <= 1)) {
            throw new StackException("--trace " + trace + ": 0 to 1 are possible");
        }
        directory.requireWritable();
        if (Relaunch.isOne()) {
            return run(directory, out);
        }
        Build.Outcome built =
                new Build(Checkout.fromSystemProperty(), Clock.systemUTC()).run(directory.log("build"), out::line);
        List<String> arguments = Objects.requireNonNull(spec)
                .root()
                .commandLine()
                .getParseResult()
                .originalArgs();
        Relaunch relaunch = new Relaunch(arguments, out);
        if (detach) {
            return relaunch.inBackground(directory.log("launcher"));
        }
        return built == Build.Outcome.LAUNCHER_BUILT ? relaunch.inForeground() : run(directory, out);
    }

    private int run(DataDirectory directory, Output out) throws InterruptedException, IOException {
        StackOptions options = new StackOptions(
                        Checkout.fromSystemProperty(),
                        directory.path(),
                        port,
                        bind,
                        suite.nodes(),
                        suite.messageServices(),
                        1,
                        1,
                        fresh,
                        nativeImages,
                        true,
                        Map.of(),
                        suite.store())
                .withTrace(trace);
        out.line("Starting Dunlin with the data in " + directory.path());
        LocalStack stack = LocalStack.prepare(options, out::line);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack, out), "stop"));
        try (ControlServer _ = ControlServer.start(directory, stack, UpCommand::exitSoon)) {
            stack.start(out::line);
            out.line("");
            Table.print(stack.status(), out.writer());
            out.line("");
            out.line(Relaunch.UP + stack.url());
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            return DevCommand.FAILED; // Ctrl-C while it starts
        }
    }

    private static void stop(LocalStack stack, Output out) {
        if (!stack.isClosed()) {
            out.line("Stopping Dunlin");
            stack.close();
            StartCaches.makeInBackground(out);
            out.line("Dunlin is down");
        }
    }

    private static void exitSoon() {
        Thread.ofPlatform().name("down").start(() -> System.exit(0));
    }

    private static void refuseSecond(DataDirectory directory) {
        Optional<Control> running = Control.find(directory);
        if (running.isPresent()) {
            throw new StackException("Dunlin is already up: "
                    + running.get().address().url() + " (see ./dev status; ./dev down ends it)");
        }
    }
}
