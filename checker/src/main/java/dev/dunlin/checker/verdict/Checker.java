package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.FinalLog;
import dev.dunlin.checker.history.History;
import dev.dunlin.checker.history.Watch;
import dev.dunlin.protocol.ChannelName;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares a history with the promises of the suite. */
public final class Checker {
    private Checker() {}

    /** The verdict; the same history always has the same one. */
    public static Verdict check(History history) {
        Findings findings = new Findings();
        Messages messages = Messages.of(history);
        Map<ChannelName, FinalLog> logs =
                history.logs().stream().collect(Collectors.toMap(FinalLog::channel, Function.identity()));
        new LogRules(messages, findings).check(history.logs());
        new EventRules(messages, findings).check(history);
        new AckRules(messages, findings).check(history);
        new RemovalRules(findings).check(history);
        new PresenceEndRules(history.presence(), findings).check();
        new SteadyRules(history.presence(), findings).check();
        new NotNotifiedRules(history.push(), findings).check();
        new NotifiedOnlineRules(history.push(), findings).check();
        new GoneDeviceRules(history.push(), findings).check();
        new StaleContentRules(history.push(), findings).check();
        for (Watch watch : history.watches()) {
            FinalLog log = logs.get(watch.channel());
            if (log != null) {
                new WatchRules(watch, log, messages, findings).check();
            }
        }
        return new Verdict(findings.all(), Figures.of(history));
    }
}
