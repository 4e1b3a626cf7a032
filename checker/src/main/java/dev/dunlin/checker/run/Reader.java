package dev.dunlin.checker.run;

import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.FinalLog;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.workload.Plan;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.rest.HistoryPage;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.EventPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Reads the logs at the end, page by page, over REST. Blocks. */
public final class Reader {
    private static final int MESSAGES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(300);

    private final Access access;
    private final Plan plan;

    public Reader(Access access, Plan plan) {
        this.access = access;
        this.plan = plan;
    }

    /** The newest seq of a channel; 0 if there is no such channel. */
    public long head(ChannelName channel) throws InterruptedException {
        return page(channel, Integer.MAX_VALUE).head();
    }

    /** The logs of all channels. */
    public List<FinalLog> logs() throws InterruptedException {
        List<FinalLog> logs = new ArrayList<>();
        for (ChannelName channel : plan.channels()) {
            logs.add(log(channel));
        }
        return logs;
    }

    private FinalLog log(ChannelName channel) throws InterruptedException {
        EventPage page = page(channel, 0);
        long first = page.first();
        Epoch epoch = page.epoch();
        List<Event> events = new ArrayList<>();
        while (!page.events().isEmpty()) {
            page.events().forEach(event -> events.add(Event.of(event)));
            page = page(channel, page.events().getLast().seq());
        }
        List<Event> messages = new ArrayList<>();
        if (page.head() > 0) {
            HistoryPage history = messages(channel, 0);
            while (!history.messages().isEmpty()) {
                history.messages().forEach(message -> messages.add(Event.of(message)));
                history = messages(channel, history.messages().getLast().seq());
            }
        }
        return new FinalLog(channel, epoch, first, page.head(), events, messages);
    }

    private EventPage page(ChannelName channel, long after) throws InterruptedException {
        return retry(
                rest -> rest.events(channel, after), channel, new EventPage(new Epoch("none"), 0, 1, List.of(), null));
    }

    private HistoryPage messages(ChannelName channel, long after) throws InterruptedException {
        return retry(
                rest -> rest.messagesAfter(channel, after, MESSAGES), channel, new HistoryPage(List.of(), null, null));
    }

    @FunctionalInterface
    private interface Question<T> {
        Future<T> ask(RestClient rest);
    }

    private <T> T retry(Question<T> question, ChannelName channel, T ifNone) throws InterruptedException {
        RestClient rest = access.rest(Objects.requireNonNull(plan.readers().get(channel)));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return question.ask(rest).get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RequestFailed refused && refused.code() == ErrorCode.NOT_FOUND) {
                    return ifNone;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new CannotCheck("the log of " + channel + " cannot be read: " + e.getCause());
                }
                Thread.sleep(BETWEEN);
            }
        }
    }
}
