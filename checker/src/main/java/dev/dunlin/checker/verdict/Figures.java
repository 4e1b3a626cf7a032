package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.History;
import dev.dunlin.checker.history.Observer.View;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.checker.history.Removal;
import dev.dunlin.checker.history.Step;
import dev.dunlin.checker.history.Watch;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * How the suite performed, for information.
 *
 * @param longestSilence the longest time without any ack
 * @param surfaced events that observers received
 * @param resumes how often an observer resumed, as far as that is known
 * @param unrecovered how often a position was not recovered
 * @param announcedMissing events that the suite announced as missing
 * @param removals how often a member was removed
 * @param sentOutside messages and signals that removed members must not have received
 * @param presence how presence was observed
 * @param push what devices received
 */
public record Figures(
        long acked,
        long refused,
        long unknown,
        long repeated,
        Duration longestSilence,
        Duration ackP50,
        Duration ackP99,
        Duration deliveryP50,
        Duration deliveryP99,
        long surfaced,
        long resumes,
        long unrecovered,
        long announcedMissing,
        long removals,
        long sentOutside,
        PresenceFigures presence,
        PushFigures push) {
    private record Named(ChannelName channel, ClientMessageId id) {}

    static Figures of(History history) {
        List<Publish> publishes = history.publishes();
        long[] ackTimes = publishes.stream()
                .filter(publish -> publish.answer() instanceof Answer.Acked)
                .mapToLong(publish -> publish.answeredAt() - publish.invokedAt())
                .sorted()
                .toArray();
        long[] deliveries = deliveries(history);
        List<Step> steps = history.watches().stream()
                .flatMap(watch -> watch.steps().stream())
                .toList();
        return new Figures(
                ackTimes.length,
                publishes.stream()
                        .filter(publish -> publish.answer() instanceof Answer.Refused)
                        .count(),
                publishes.stream()
                        .filter(publish -> publish.answer() instanceof Answer.Unknown)
                        .count(),
                publishes.size()
                        - publishes.stream().map(Publish::key).distinct().count(),
                longestSilence(publishes),
                quantile(ackTimes, 0.5),
                quantile(ackTimes, 0.99),
                quantile(deliveries, 0.5),
                quantile(deliveries, 0.99),
                steps.stream().filter(Step.Seen.class::isInstance).count(),
                steps.stream().filter(Step.Resumed.class::isInstance).count(),
                steps.stream()
                        .filter(step -> step instanceof Step.Resumed resumed && !resumed.recovered())
                        .count(),
                steps.stream()
                        .filter(Step.Gap.class::isInstance)
                        .mapToLong(step -> ((Step.Gap) step).to() - ((Step.Gap) step).from() + 1)
                        .sum(),
                history.removals().size(),
                history.removals().stream().mapToLong(Removal::sent).sum(),
                PresenceFigures.of(history.presence()),
                PushFigures.of(history.push()));
    }

    /**
     * The time from the first attempt until each live observer received it. Observers that read old
     * events again do not count.
     */
    private static long[] deliveries(History history) {
        Map<Named, Long> begun = new HashMap<>();
        history.publishes()
                .forEach(publish ->
                        begun.merge(new Named(publish.channel(), publish.id()), publish.invokedAt(), Math::min));
        LongStream.Builder times = LongStream.builder();
        for (Watch watch : history.watches()) {
            if (watch.observer().view() != View.LIVE) {
                continue;
            }
            long since = Long.MAX_VALUE;
            for (Step step : watch.steps()) {
                if (step instanceof Step.Started started) {
                    since = started.at();
                } else if (step instanceof Step.Seen(long at, Event event) && event.isMessage()) {
                    Long from = begun.get(new Named(event.channel(), Objects.requireNonNull(event.id())));
                    if (from != null && from > since) {
                        times.add(at - from);
                    }
                }
            }
        }
        return times.build().sorted().toArray();
    }

    private static Duration longestSilence(List<Publish> publishes) {
        long[] acks = publishes.stream()
                .filter(publish -> publish.answer() instanceof Answer.Acked)
                .mapToLong(Publish::answeredAt)
                .sorted()
                .toArray();
        long longest = 0;
        for (int i = 1; i < acks.length; i++) {
            longest = Math.max(longest, acks[i] - acks[i - 1]);
        }
        return Duration.ofNanos(longest);
    }

    private static Duration quantile(long[] sorted, double part) {
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1L, (long) (part * sorted.length))]);
    }
}
