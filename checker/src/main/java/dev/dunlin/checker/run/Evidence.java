package dev.dunlin.checker.run;

import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.FinalLog;
import dev.dunlin.checker.history.HistoryLines;
import dev.dunlin.checker.history.Observer;
import dev.dunlin.checker.history.OpenLink;
import dev.dunlin.checker.history.Overheard;
import dev.dunlin.checker.history.PresenceAnswer;
import dev.dunlin.checker.history.PresenceLines;
import dev.dunlin.checker.history.PresenceNotice;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.checker.history.PushCall;
import dev.dunlin.checker.history.PushLines;
import dev.dunlin.checker.history.PushMessage;
import dev.dunlin.checker.history.Reading;
import dev.dunlin.checker.history.Removal;
import dev.dunlin.checker.history.Revision;
import dev.dunlin.checker.history.Step;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The history as JSON lines in a directory: {@code publishes.jsonl}, {@code steps.jsonl},
 * {@code removals.jsonl}, {@code presence.jsonl}, {@code push.jsonl}, {@code logs.jsonl}.
 * {@code t}, {@code begun}, {@code answered}, {@code sent}, {@code removed}, {@code opened} and
 * {@code until} are microseconds since the start. Thread-safe.
 */
final class Evidence implements HistoryLines, PresenceLines, PushLines, AutoCloseable {
    private static final long MICRO = 1_000;

    private final Path directory;
    private final BufferedWriter publishes;
    private final BufferedWriter steps;
    private final BufferedWriter removals;
    private final BufferedWriter presence;
    private final BufferedWriter push;

    private Evidence(
            Path directory,
            BufferedWriter publishes,
            BufferedWriter steps,
            BufferedWriter removals,
            BufferedWriter presence,
            BufferedWriter push) {
        this.directory = directory;
        this.publishes = publishes;
        this.steps = steps;
        this.removals = removals;
        this.presence = presence;
        this.push = push;
    }

    static Evidence in(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new Evidence(
                directory,
                Files.newBufferedWriter(directory.resolve("publishes.jsonl")),
                Files.newBufferedWriter(directory.resolve("steps.jsonl")),
                Files.newBufferedWriter(directory.resolve("removals.jsonl")),
                Files.newBufferedWriter(directory.resolve("presence.jsonl")),
                Files.newBufferedWriter(directory.resolve("push.jsonl")));
    }

    Path directory() {
        return directory;
    }

    @Override
    public void publish(Publish publish) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("begun", publish.invokedAt() / MICRO);
        line.put("answered", publish.answeredAt() / MICRO);
        line.put("by", publish.sender());
        line.put("user", publish.user());
        line.put("channel", publish.channel());
        line.put("id", publish.id());
        switch (publish.answer()) {
            case Answer.Acked(long seq) -> line.put("seq", seq);
            case Answer.Refused refused -> line.put("refused", refused.code());
            case Answer.Unknown unknown -> line.put("unknown", unknown.why());
        }
        line.put("content", publish.content());
        write(publishes, line);
    }

    @Override
    public void removal(Removal removal) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("removed", removal.ackedAt() / MICRO);
        line.put("until", removal.until() / MICRO);
        line.put("user", removal.user());
        line.put("channel", removal.channel());
        line.put("sentMeanwhile", removal.sent());
        write(removals, line);
    }

    @Override
    public void overheard(Overheard one) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("t", one.at() / MICRO);
        line.put("sent", one.sentAt() / MICRO);
        line.put("who", one.observer());
        line.put("user", one.user());
        line.put("channel", one.channel());
        line.put("kind", one.kind());
        write(removals, line);
    }

    @Override
    public void link(OpenLink link) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("opened", link.from() / MICRO);
        line.put("until", link.until() / MICRO);
        line.put("client", link.client());
        line.put("node", link.node());
        line.put("away", link.away());
        write(presence, line);
    }

    @Override
    public void answer(PresenceAnswer answer) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("begun", answer.askedAt() / MICRO);
        line.put("answered", answer.answeredAt() / MICRO);
        line.put("who", answer.poller());
        Map<String, Object> statuses = new TreeMap<>();
        answer.statuses().forEach((user, status) -> statuses.put(user.value(), status));
        line.put("statuses", statuses);
        write(presence, line);
    }

    @Override
    public void notice(PresenceNotice notice) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("t", notice.at() / MICRO);
        line.put("who", notice.watcher());
        line.put("user", notice.user());
        line.put("status", notice.status());
        write(presence, line);
    }

    @Override
    public void message(PushMessage message) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("begun", message.invokedAt() / MICRO);
        line.put("answered", message.ackedAt() / MICRO);
        line.put("from", message.from());
        line.put("channel", message.channel());
        line.put("seq", message.seq());
        line.put("content", message.content());
        write(push, line);
    }

    @Override
    public void revision(Revision revision) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("begun", revision.invokedAt() / MICRO);
        if (revision.ackedAt() != Revision.NEVER) {
            line.put("answered", revision.ackedAt() / MICRO);
        }
        line.put(revision.deletes() ? "deleted" : "edited", revision.seq());
        line.put("channel", revision.channel());
        if (revision.content() != null) {
            line.put("content", revision.content());
        }
        write(push, line);
    }

    @Override
    public void reading(Reading reading) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("begun", reading.at() / MICRO);
        line.put("reader", reading.user());
        line.put("channel", reading.channel());
        line.put("read", reading.seq());
        write(push, line);
    }

    @Override
    public void call(PushCall call) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("t", call.at() / MICRO);
        line.put("answered", call.answeredAt() / MICRO);
        line.put("device", call.device());
        line.put("type", call.alert() ? "notification" : "read");
        line.put("channel", call.channel());
        line.put("seq", call.seq());
        line.put("status", call.status());
        if (call.content() != null) {
            line.put("content", call.content());
        }
        write(push, line);
    }

    @Override
    public void step(Observer observer, ChannelName channel, Step step) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("t", step.at() / MICRO);
        line.put("who", observer.name());
        line.put("channel", channel);
        switch (step) {
            case Step.Started started -> {
                line.put("step", "started");
                line.put("after", started.seq());
            }
            case Step.Seen seen -> event(line, seen.event());
            case Step.Gap gap -> {
                line.put("step", "told");
                line.put("from", gap.from());
                line.put("to", gap.to());
            }
            case Step.Resumed resumed -> line.put("step", resumed.recovered() ? "resumed" : "resumed, not recovered");
            case Step.ThrownOut out -> line.put("step", "thrown out: " + out.why());
            case Step.OtherEpoch other -> line.put("step", "other epoch: " + other.epoch());
        }
        write(steps, line);
    }

    /** The logs that were read at the end. */
    void logs(List<FinalLog> logs) throws IOException {
        try (BufferedWriter file = Files.newBufferedWriter(directory.resolve("logs.jsonl"))) {
            for (FinalLog log : logs) {
                for (Map.Entry<String, List<Event>> view :
                        List.of(Map.entry("events", log.events()), Map.entry("messages", log.messages()))) {
                    for (Event event : view.getValue()) {
                        Map<String, Object> line = new LinkedHashMap<>();
                        line.put("view", view.getKey());
                        line.put("channel", log.channel());
                        event(line, event);
                        write(file, line);
                    }
                }
            }
        }
    }

    private static void event(Map<String, Object> line, Event event) {
        line.put("seq", event.seq());
        if (event.id() == null) {
            line.put("kind", event.kind());
        } else {
            line.put("id", event.id());
        }
        line.put("from", event.from());
        line.put("ts", event.ts());
        // the full text is with the publish; the hash distinguishes two that differ
        line.put("content", Integer.toHexString(event.content().hashCode()));
    }

    private static void write(BufferedWriter file, Map<String, Object> line) {
        String text = new String(Json.write(line), StandardCharsets.UTF_8);
        synchronized (file) {
            try {
                file.write(text);
                file.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        publishes.close();
        steps.close();
        removals.close();
        presence.close();
        push.close();
    }
}
