package dev.dunlin.message.command;

import dev.dunlin.edge.trace.TraceLogger;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.TraceId;
import java.util.List;

/** Logs what this service did to the messages of the sample, each under its trace id. */
final class TraceLog {
    private TraceLog() {}

    static void log(List<Sequenced> batch) {
        if (TraceLogger.isOn()) {
            batch.forEach(TraceLog::log);
        }
    }

    static void published(TraceId trace, ChannelName channel) {
        TraceLogger.log(trace, () -> "published to " + channel);
    }

    private static void log(Sequenced sequenced) {
        TraceId trace = sequenced.record().trace();
        ChannelName channel = sequenced.record().channel();
        switch (sequenced.outcome()) {
            case Outcome.Appended appended -> {
                long seq = appended.logged().event().seq();
                TraceLogger.log(trace, () -> "appended " + channel + " seq " + seq);
                TraceLogger.log(trace, () -> "fanned out to ch:" + channel);
            }
            case Outcome.Burnt burnt -> {
                long seq = burnt.logged().event().seq();
                TraceLogger.log(trace, () -> "burnt " + channel + " seq " + seq);
            }
            case Outcome.Refused refused ->
                TraceLogger.log(trace, () -> "refused: " + refused.refusal().message());
            case Outcome.Duplicate duplicate -> TraceLogger.log(trace, () -> "duplicate of seq " + duplicate.seq());
            case Outcome.Changed ignored -> TraceLogger.log(trace, () -> "changed " + channel);
            case Outcome.Unchanged ignored -> TraceLogger.log(trace, () -> "unchanged " + channel);
            case Outcome.Marked marked -> TraceLogger.log(trace, () -> "marked " + channel + " up to " + marked.seq());
        }
    }
}
