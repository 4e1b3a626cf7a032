package dev.dunlin.checker.run;

import dev.dunlin.checker.nemesis.Fault;
import dev.dunlin.checker.verdict.Figures;
import dev.dunlin.checker.verdict.PresenceFigures;
import dev.dunlin.checker.verdict.Promise;
import dev.dunlin.checker.verdict.PushFigures;
import dev.dunlin.checker.verdict.Verdict;
import dev.dunlin.checker.verdict.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats a result for people, and for a table of results. */
public final class Report {
    private static final int MOST_SHOWN = 8;

    private Report() {}

    /** Lines for a terminal. */
    public static List<String> lines(Result result) {
        Verdict verdict = result.verdict();
        Figures figures = verdict.figures();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("nemesis      " + (result.struck().isEmpty() ? "none" : struck(result)));
        lines.add("publishes    %d acked, %d refused, %d unknown; %d repeated after their ack"
                .formatted(figures.acked(), figures.refused(), figures.unknown(), figures.repeated()));
        lines.add("ack          p50 %s  p99 %s  longest time without any %s"
                .formatted(text(figures.ackP50()), text(figures.ackP99()), text(figures.longestSilence())));
        lines.add("delivery     p50 %s  p99 %s".formatted(text(figures.deliveryP50()), text(figures.deliveryP99())));
        lines.add("surfaced     %d events; %d resumes, %d of them not recovered, %d events told as missing"
                .formatted(figures.surfaced(), figures.resumes(), figures.unrecovered(), figures.announcedMissing()));
        lines.add("removals     %d members removed; %d messages and signals sent while they were out"
                .formatted(figures.removals(), figures.sentOutside()));
        PresenceFigures presence = figures.presence();
        lines.add("presence     %d answers, %d with an unknown user, %d that had to be right; %d requests without any"
                .formatted(presence.answers(), presence.unknown(), presence.settled(), presence.unanswered()));
        lines.add("             %d links and changes of sessions; %d statuses received by watchers"
                .formatted(presence.links(), presence.notices()));
        PushFigures push = figures.push();
        lines.add("push         %d messages, %d edits and deletions; %d times a device had to be notified"
                .formatted(push.messages(), push.revisions(), push.owed()));
        lines.add("             %d notifications accepted; %d calls failed, %d were for devices that are gone"
                .formatted(push.accepted(), push.failed(), push.gone()));
        lines.add("");
        for (Map.Entry<Promise, Long> count : verdict.counts().entrySet()) {
            lines.add("%-26s %8d".formatted(count.getKey().text(), count.getValue()));
            verdict.violations().stream()
                    .filter(violation -> violation.promise() == count.getKey())
                    .limit(MOST_SHOWN)
                    .map(Report::text)
                    .forEach(lines::add);
        }
        lines.add("");
        lines.add(
                passed(result)
                        ? "verdict      every promise was kept (seed "
                                + result.options().seed() + ")"
                        : failure(result));
        return lines;
    }

    /** Whether every figure is 0, and at least one publish was acknowledged. */
    public static boolean passed(Result result) {
        return result.verdict().isClean() && result.verdict().figures().acked() > 0;
    }

    private static String failure(Result result) {
        return result.verdict().isClean()
                ? "verdict      nothing was acked: nothing is proved (seed "
                        + result.options().seed() + ")"
                : "verdict      BROKEN: %d violations (seed %d)"
                        .formatted(
                                result.verdict().violations().size(),
                                result.options().seed());
    }

    /** The same as a map for JSON. */
    public static Map<String, Object> summary(Result result) {
        CheckOptions options = result.options();
        Figures figures = result.verdict().figures();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("seed", options.seed());
        summary.put("store", options.store().text());
        summary.put("seconds", options.length().toSeconds());
        summary.put("clients", options.clients());
        summary.put("rate", options.rate());
        summary.put("nodes", options.nodes());
        summary.put("messageServices", options.messageServices());
        summary.put(
                "strikes",
                result.struck().values().stream().mapToLong(Long::longValue).sum());
        Map<String, Long> struck = new LinkedHashMap<>();
        Fault.all().stream()
                .filter(result.struck()::containsKey)
                .forEach(fault -> struck.put(fault.text(), result.struck().getOrDefault(fault, 0L)));
        summary.put("nemesis", struck);
        summary.put("acked", figures.acked());
        summary.put("refused", figures.refused());
        summary.put("unknown", figures.unknown());
        summary.put("surfaced", figures.surfaced());
        summary.put("resumes", figures.resumes());
        summary.put("notRecovered", figures.unrecovered());
        summary.put("toldMissing", figures.announcedMissing());
        summary.put("removals", figures.removals());
        summary.put("sentOutside", figures.sentOutside());
        summary.put("presenceAnswers", figures.presence().answers());
        summary.put("presenceUnanswered", figures.presence().unanswered());
        summary.put("presenceUnknown", figures.presence().unknown());
        summary.put("presenceLinks", figures.presence().links());
        summary.put("presenceNotices", figures.presence().notices());
        summary.put("pushMessages", figures.push().messages());
        summary.put("pushRevisions", figures.push().revisions());
        summary.put("pushOwed", figures.push().owed());
        summary.put("pushAccepted", figures.push().accepted());
        summary.put("pushFailed", figures.push().failed());
        summary.put("pushGone", figures.push().gone());
        summary.put("longestWithoutAckMs", figures.longestSilence().toMillis());
        summary.put("ackP50Ms", millis(figures.ackP50()));
        summary.put("ackP99Ms", millis(figures.ackP99()));
        summary.put("deliveryP50Ms", millis(figures.deliveryP50()));
        summary.put("deliveryP99Ms", millis(figures.deliveryP99()));
        Map<String, Long> counts = new LinkedHashMap<>();
        result.verdict().counts().forEach((promise, count) -> counts.put(promise.text(), count));
        summary.put("violations", counts);
        summary.put("passed", passed(result));
        return summary;
    }

    /** All violations, one line each. */
    public static List<String> violations(Verdict verdict) {
        return verdict.violations().stream()
                .map(violation -> violation.promise().text() + text(violation))
                .toList();
    }

    private static String text(Violation violation) {
        return "    " + violation.subject() + "  " + violation.what();
    }

    private static String struck(Result result) {
        return Fault.all().stream()
                .filter(result.struck()::containsKey)
                .map(fault -> fault.text() + " " + result.struck().get(fault))
                .collect(Collectors.joining(", "));
    }

    private static double millis(Duration time) {
        return Math.round(time.toNanos() / 1e3) / 1e3; // to the microsecond
    }

    private static String text(Duration time) {
        return time.toSeconds() >= 10
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
                : String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
