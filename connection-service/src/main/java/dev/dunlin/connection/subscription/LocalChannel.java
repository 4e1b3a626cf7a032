package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.FramePage;
import dev.dunlin.connection.catchup.HotTail;
import dev.dunlin.connection.catchup.LoggedFrame;
import dev.dunlin.connection.trace.Tracer;
import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.http.HeadList;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One channel on this node. The bus may lose messages, and the seqs show it. An event in order goes
 * to all subscribers, and a duplicate is dropped. A hole is repaired from the log before anything
 * after it is sent. Opening: first the bus, then the head of the log, and a repair if that is later
 * than the position that was known before. Hub loop only.
 */
final class LocalChannel {
    private static final Logger LOG = Logger.getLogger(LocalChannel.class);

    private final ChannelName name;
    private final ChannelHub.Context context;
    private final Consumer<LocalChannel> onEmpty;
    private final Consumer<byte[]> receiver = this::received;
    private final Audience audience;
    private final HeldEvents held;
    private final HotTail tail;
    /** Null until the channel had many subscribers: most channels never do. */
    private @Nullable CoalescingWindow coalescing;

    private @Nullable Epoch epoch;
    private long last;
    /** The newest seq of the log that anyone on this node has read. */
    private long expected;

    private State state = State.OPENING;
    private int attempt;

    private enum State {
        /** The bus has not confirmed the subscription, or the log has not been compared yet. */
        OPENING,
        /** Missing events are being fetched. */
        REPAIRING,
        LIVE,
        CLOSED
    }

    LocalChannel(
            ChannelName name, @Nullable LogHead known, ChannelHub.Context context, Consumer<LocalChannel> onEmpty) {
        this.name = name;
        this.audience = new Audience(name);
        this.context = context;
        this.onEmpty = onEmpty;
        this.held = new HeldEvents(context.limits().heldEvents());
        this.tail = new HotTail(context.tails());
        if (known != null) {
            epoch = known.epoch();
            last = known.seq();
        }
    }

    void open() {
        var unused = context.busSubscriptions()
                .subscribe(BusChannel.ofChannel(name), receiver)
                .whenComplete((confirmed, failure) -> opened(failure));
    }

    private void opened(@Nullable Throwable failure) {
        if (state != State.OPENING) {
            return;
        }
        if (failure != null) {
            audience.refuse(
                    new Refusal(ErrorCode.UNAVAILABLE, "the bus is unavailable; try again", Duration.ofSeconds(1)));
            close();
        } else if (epoch == null) {
            live();
        } else {
            // A channel that nobody has used has no log yet, and nothing can be missing.
            Optional<HeadList.Head> asNew =
                    last == 0 ? Optional.of(new HeadList.Head(name, epoch, 0)) : Optional.empty();
            var unused = context.log()
                    .head(name)
                    .thenApply(log -> log.or(() -> asNew))
                    .exceptionally(unread -> Optional.empty())
                    .thenAccept(head -> context.loop().execute(() -> compared(head.orElse(null))));
        }
    }

    /** {@code now}: null if it could not be read. */
    private void compared(HeadList.@Nullable Head now) {
        if (state != State.OPENING) {
            return;
        }
        if (now != null && now.epoch().equals(epoch)) {
            expected = Math.max(expected, now.head());
            if (held.deliverFrom(last, this::deliver) && last >= expected) {
                live();
                return;
            }
        }
        repair(); // a page has what is missing, or says what is wrong
    }

    void attach(Subscriber subscriber, @Nullable LogHead known) {
        if (audience.contains(subscriber)) {
            return;
        }
        audience.await(subscriber);
        if (known != null) {
            expect(known);
        }
        if (state == State.LIVE) {
            live();
        }
    }

    void detach(Subscriber subscriber) {
        audience.remove(subscriber);
        if (audience.isEmpty()) {
            close();
        }
    }

    /** The subscribers that receive it now. */
    List<Subscriber> subscribers() {
        return audience.present();
    }

    /** Whether it has a log. */
    boolean durable() {
        return epoch != null;
    }

    /** Whether events up to {@code known} are missing here and no repair is running. */
    boolean isBehind(LogHead known) {
        return state == State.LIVE && epoch != null && (!known.epoch().equals(epoch) || known.seq() > last);
    }

    /**
     * The log has reached this position: fetches what is missing. The bus may be ahead of the
     * store, so a position below ours means nothing.
     */
    void expect(LogHead known) {
        if (known.epoch().equals(epoch)) {
            expected = Math.max(expected, known.seq());
        }
        if (isBehind(known) || (state == State.LIVE && expected > last)) {
            repair();
        }
    }

    private void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            tail.clear();
            context.busSubscriptions().unsubscribe(BusChannel.ofChannel(name), receiver);
            onEmpty.accept(this);
        }
    }

    private void received(byte[] payload) {
        BusMessage message;
        try {
            message = BusMessage.decode(payload);
        } catch (InvalidInput e) {
            LOG.warnf("Dropped what was published on %s: %s", BusChannel.ofChannel(name), e.getMessage());
            return;
        }
        switch (message.kind()) {
            case EVENT -> event(message);
            case EPHEMERAL -> {
                flush();
                audience.each(subscriber -> subscriber.ephemeral(message.session(), message.frame()));
            }
            case REPLY -> {}
        }
    }

    private void event(BusMessage message) {
        if (state != State.LIVE) {
            held.add(message);
        } else if (!Objects.equals(message.epoch(), epoch)) {
            lost();
        } else if (message.seq() == last + 1) {
            deliver(message);
        } else if (message.seq() > last) {
            held.add(message);
            repair();
        }
    }

    private void deliver(BusMessage message) {
        deliver(new LoggedFrame(message.seq(), message.frame()));
        Tracer.step(message.trace(), "delivered", name);
    }

    private void deliver(LoggedFrame event) {
        tail.add(event);
        tell(LiveEvent.of(event));
    }

    private void tell(LiveEvent event) {
        last = event.seq();
        if (coalescing == null && audience.size() >= CoalescingWindow.FEWEST_SUBSCRIBERS) {
            coalescing = new CoalescingWindow(
                    audience, context.loop(), context.limits().coalesce());
        }
        if (coalescing == null) {
            audience.each(subscriber -> subscriber.event(event));
        } else {
            coalescing.add(event);
        }
    }

    /** The events after a position, if they are still in memory. */
    Optional<FramePage> tail(long after) {
        return epoch == null ? Optional.empty() : tail.after(after, epoch);
    }

    private void repair() {
        state = State.REPAIRING;
        attempt = 1;
        fetch();
    }

    private void fetch() {
        var unused = context.pages()
                .fresh(name, last)
                .whenComplete((page, failure) -> context.loop().execute(() -> fetched(page, failure)));
    }

    private void fetched(@Nullable FramePage page, @Nullable Throwable failure) {
        if (state != State.REPAIRING) {
            return;
        }
        if (page == null) {
            LOG.debugf("Events of %s after %d could not be fetched: %s", name, last, failure);
            tryAgainOr(this::giveUp);
            return;
        }
        if (!page.epoch().equals(epoch)) {
            lost();
            return;
        }
        long before = last;
        if (page.first() > last + 1) {
            gap(page.first() - 1); // no longer retained
        }
        for (LoggedFrame event : page.frames()) {
            if (event.seq() == last + 1) {
                deliver(event);
            }
        }
        if (last > before) {
            context.metrics().gapRepaired();
            attempt = 1;
        }
        boolean more = page.more() && last > before;
        if (more) {
            fetch();
        } else if (held.deliverFrom(last, this::deliver) && last >= Math.max(expected, page.head())) {
            live();
        } else {
            tryAgainOr(this::giveUp); // the store may be a moment behind the bus
        }
    }

    private void tryAgainOr(Runnable otherwise) {
        if (attempt < context.limits().attempts()) {
            Duration first = context.limits().pause();
            Duration pause = new Backoff(first, first.multipliedBy(64)).after(attempt++);
            context.loop().after(pause, () -> {
                if (state == State.REPAIRING) {
                    fetch();
                }
            });
        } else {
            otherwise.run();
        }
    }

    private void giveUp() {
        while (!held.deliverFrom(last, this::deliver)) {
            gap(held.firstAfter(last) - 1);
        }
        audience.refuse(new Refusal(
                ErrorCode.UNAVAILABLE, "the channel's log cannot be read now; try again", Duration.ofSeconds(1)));
        if (audience.isEmpty()) {
            close();
        } else {
            live();
            context.loop()
                    .after(
                            context.limits().pause().multipliedBy(100),
                            () -> context.checks().suspect(name));
        }
    }

    private void gap(long to) {
        context.metrics().gapReported();
        tail.clear();
        tell(LiveEvent.gap(name, last + 1, to));
    }

    private void live() {
        state = State.LIVE;
        attempt = 0;
        audience.admit(epoch == null ? null : new LogHead(epoch, last));
    }

    private void flush() {
        if (coalescing != null) {
            coalescing.flush();
        }
    }

    private void lost() {
        audience.refuse(new Refusal(ErrorCode.UNAVAILABLE, "the channel's log was rebuilt; try again"));
        flush();
        audience.each(Subscriber::lost);
        close();
    }
}
