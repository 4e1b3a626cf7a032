package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.protocol.TraceId;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The log category in which every service notes, under the trace id of a message, what it did to
 * the message.
 */
final class TraceLog {
    private static final Logger LOG = Logger.getLogger("dunlin.trace");

    private TraceLog() {}

    static void log(List<Sequenced> batch) {
        if (LOG.isDebugEnabled()) {
            batch.forEach(TraceLog::log);
        }
    }

    static void published(TraceId trace, Object channel) {
        if (LOG.isDebugEnabled()) {
            with(trace, () -> LOG.debugf("published to %s", channel));
        }
    }

    private static void log(Sequenced sequenced) {
        CommandRecord record = sequenced.record();
        with(record.trace(), () -> {
            switch (sequenced.outcome()) {
                case Outcome.Appended appended -> {
                    LOG.debugf(
                            "appended %s seq %d",
                            record.channel(), appended.logged().event().seq());
                    LOG.debugf("fanned out to ch:%s", record.channel());
                }
                case Outcome.Burnt burnt ->
                    LOG.debugf(
                            "burnt %s seq %d",
                            record.channel(), burnt.logged().event().seq());
                case Outcome.Refused refused ->
                    LOG.debugf("refused: %s", refused.refusal().message());
                case Outcome.Duplicate duplicate -> LOG.debugf("duplicate of seq %d", duplicate.seq());
                case Outcome.Changed ignored -> LOG.debugf("changed %s", record.channel());
                case Outcome.Unchanged ignored -> LOG.debugf("unchanged %s", record.channel());
                case Outcome.Marked marked -> LOG.debugf("marked %s up to %d", record.channel(), marked.seq());
            }
        });
    }

    private static void with(TraceId trace, Runnable action) {
        MDC.put("traceId", trace);
        try {
            action.run();
        } finally {
            MDC.remove("traceId");
        }
    }
}
