package dev.dunlin.localstack.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.dunlin.localstack.ProcessStatus;
import dev.dunlin.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Tells each process, where it is and how it is.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    static final TypeReference<List<ProcessStatus>> STATUSES = new TypeReference<>() {};

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "A JSON list of {name, role, pid, url, management, health, log}.")
    private boolean json;

    @Override
    public Integer call() {
        Optional<Control> control = Control.find(data.directory());
        List<ProcessStatus> processes =
                control.map(c -> c.ask("status", "", STATUSES)).orElse(List.of());
        Output out = Output.of(spec);
        if (json) {
            out.line(new String(Json.write(processes), StandardCharsets.UTF_8));
        } else if (control.isEmpty()) {
            out.line("Dunlin is not up: start it with ./dev up");
        } else {
            Table.print(processes, out.writer());
            out.line("Dunlin is up: " + control.get().address().url());
        }
        return control.isPresent() ? 0 : DevCommand.FAILED;
    }
}
