package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ChannelName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The state of the channels that are in use, as the newest batch left it, so that few batches need
 * a load. Only this process changes the channels of its partitions; what it remembers is a function
 * of the log up to the record that it sequenced last. If another process has written all the same,
 * the store's fence refuses the next write. The owner forgets all when partitions move and when a
 * write is refused.
 *
 * <p>Bounded by the number of things it holds. The channel that was not used for the longest time
 * is forgotten first. Channels that hold no event, or are being deleted, are not kept: the
 * background may remove their rows. One thread at a time.
 */
public final class ActiveChannels {
    /** The ids of one channel may take up this part of what is held. */
    private static final int ID_SHARE = 4;

    private final int most;
    private final LinkedHashMap<ChannelName, ActiveChannel> channels = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<ChannelName> worthReading = new LinkedHashSet<>();
    /** The sum of their sizes. Written by one thread, read by any. */
    private final AtomicInteger size = new AtomicInteger();

    /** {@code most} is how many channels, members, marks, messages and ids it may hold. */
    public ActiveChannels(int most) {
        this.most = most;
    }

    /** How many channels, members, marks, messages and ids it holds. Any thread. */
    public int size() {
        return size.get();
    }

    /** The state that a batch depends on. Empty unless all of it is known. */
    public Optional<LogState> find(Touched touched) {
        return unknownChannels(touched).isEmpty() ? Optional.of(known(touched, Set.of(), nothing())) : Optional.empty();
    }

    /** What a batch touches of those channels of which something is unknown. */
    public Touched findUnknown(Touched touched) {
        return touched.only(unknownChannels(touched));
    }

    /**
     * The state that a batch depends on: the known channels, and of the {@code unknown} ones what
     * was found in the store and in flight. Empty if that contradicts what is known: then another
     * process has written, and the channel is forgotten.
     */
    public Optional<LogState> complete(Touched touched, Touched unknown, LogState found) {
        boolean contradiction = false;
        for (ChannelName name : unknown.channels()) {
            ActiveChannel known = channels.get(name);
            Optional<LogPosition> applied = found.channels().before(name).map(ChannelState::applied);
            if (known != null && !applied.equals(Optional.of(known.state().applied()))) {
                forget(name);
                contradiction = true;
            }
        }
        return contradiction ? Optional.empty() : Optional.of(known(touched, unknown.channels(), found));
    }

    private LogState known(Touched touched, Set<ChannelName> except, LogState found) {
        Map<ChannelName, ChannelState> states = new HashMap<>(found.channels().loaded());
        Map<Keys.OfUser, MemberState> members = new HashMap<>(found.members().loaded());
        Map<Keys.OfUser, MarkState> marks = new HashMap<>(found.marks().loaded());
        Map<Keys.OfSeq, MessageState> messages = new HashMap<>(found.messages().loaded());
        each(touched.channels(), name -> name, except, (name, known) -> states.put(name, known.state()));
        each(
                touched.users(),
                Keys.OfUser::channel,
                except,
                (key, known) -> known.member(key.user()).ifPresent(member -> members.put(key, member)));
        each(
                touched.marks(),
                Keys.OfUser::channel,
                except,
                (key, known) -> known.mark(key.user()).ifPresent(mark -> marks.put(key, mark)));
        each(
                touched.messages(),
                Keys.OfSeq::channel,
                except,
                (key, known) -> known.message(key.seq()).ifPresent(message -> messages.put(key, message)));
        each(
                touched.clientIds(),
                Keys.OfClientId::channel,
                except,
                (key, known) -> known.seq(key)
                        .ifPresent(seq -> known.message(seq)
                                .ifPresent(message -> messages.put(new Keys.OfSeq(key.channel(), seq), message))));
        return new LogState(states, members, marks, messages, found.reactions().loaded(), found.logged())
                .startingIn(found.first().orElse(null));
    }

    private static LogState nothing() {
        return new LogState(Map.of(), Map.of(), Map.of(), Map.of(), new HashMap<>(), Map.of());
    }

    /** Remembers what a batch found and left; {@code unknown} is what was looked up for it. */
    public void remember(Touched touched, Touched unknown, LogState after) {
        Set<ChannelName> none = Set.of();
        for (ChannelName name : touched.channels()) {
            after.channels()
                    .find(name)
                    .filter(ActiveChannels::isKept)
                    .ifPresentOrElse(channel -> become(channel, after), () -> forget(name));
        }
        each(
                touched.users(),
                Keys.OfUser::channel,
                none,
                (key, known) -> known.put(key.user(), after.members().find(key)));
        each(
                touched.marks(),
                Keys.OfUser::channel,
                none,
                (key, known) -> known.putMark(key.user(), after.marks().find(key)));
        each(
                touched.messages(),
                Keys.OfSeq::channel,
                none,
                (key, known) -> after.messages().find(key).ifPresent(message -> known.put(key.seq(), message)));
        each(
                touched.clientIds(),
                Keys.OfClientId::channel,
                none,
                (key, known) -> after.findByClientId(key).ifPresent(found -> putId(known, key, found.seq(), after)));
        each(
                after.members().changes().keySet(),
                Keys.OfUser::channel,
                none,
                (key, known) -> known.put(key.user(), after.members().find(key)));
        each(
                after.marks().changes().keySet(),
                Keys.OfUser::channel,
                none,
                (key, known) -> known.putMark(key.user(), after.marks().find(key)));
        each(unknown.clientIds(), Keys.OfClientId::channel, none, this::lookedUp);
        touched.channels().forEach(this::measure);
        shrink();
    }

    private static void putId(ActiveChannel known, Keys.OfClientId id, long seq, LogState after) {
        known.putId(id, seq);
        after.messages().find(new Keys.OfSeq(id.channel(), seq)).ifPresent(message -> known.put(seq, message));
    }

    private void lookedUp(Keys.OfClientId id, ActiveChannel known) {
        if (known.lookedUp(most / ID_SHARE)) {
            worthReading.add(id.channel());
        }
    }

    private void become(ChannelState channel, LogState after) {
        ActiveChannel known = channels.get(channel.name());
        if (known == null) {
            boolean created = after.channels().before(channel.name()).isEmpty();
            channels.put(channel.name(), new ActiveChannel(channel, created));
        } else {
            size.addAndGet(-known.size());
            known.become(channel);
        }
    }

    /** Counts what a channel holds now. */
    private void measure(ChannelName name) {
        ActiveChannel known = channels.get(name);
        if (known != null) {
            known.limitIds(most / ID_SHARE);
            size.addAndGet(known.size());
        }
    }

    private <K> void each(
            Set<K> keys,
            Function<K, ChannelName> channel,
            Set<ChannelName> except,
            BiConsumer<K, ActiveChannel> action) {
        for (K key : keys) {
            ActiveChannel known = channels.get(channel.apply(key));
            if (known != null && !except.contains(channel.apply(key))) {
                action.accept(key, known);
            }
        }
    }

    private static boolean isKept(ChannelState channel) {
        return channel.life() == Life.LIVE && channel.head() > 0;
    }

    /**
     * The channels whose ids are worth reading together: further look-ups would cost more. They are
     * not given again.
     */
    public List<ChannelName> takeWorthReading() {
        List<ChannelName> taken = List.copyOf(worthReading);
        worthReading.clear();
        return taken;
    }

    /**
     * From now on an id of the channel that is not held is free. {@code stored} are the ids that
     * the store held at a time when {@code inFlight} was not yet stored, or was just stored.
     */
    public void learnIds(ChannelName name, List<Keys.OfClientId> stored, List<LogState> inFlight) {
        ActiveChannel active = channels.get(name);
        if (active == null || stored.size() > most / ID_SHARE) {
            return;
        }
        size.addAndGet(-active.size());
        active.learnIds(stored);
        for (LogState batch : inFlight) {
            batch.messages().changes().forEach((key, change) -> {
                if (key.channel().equals(name)) {
                    change.ifPresent(message -> active.putId(ActiveChannel.idOf(name, message), key.seq()));
                }
            });
        }
        size.addAndGet(active.size());
        shrink();
    }

    public void forgetAll() {
        channels.clear();
        worthReading.clear();
        size.set(0);
    }

    private void forget(ChannelName name) {
        ActiveChannel active = channels.remove(name);
        if (active != null) {
            size.addAndGet(-active.size());
        }
    }

    private void shrink() {
        Iterator<ActiveChannel> eldest = channels.values().iterator();
        while (size.get() > most && eldest.hasNext()) {
            size.addAndGet(-eldest.next().size());
            eldest.remove();
        }
    }

    private Set<ChannelName> unknownChannels(Touched touched) {
        Set<ChannelName> unknown = new HashSet<>(touched.owners());
        touched.reactors().forEach(key -> unknown.add(key.channel()));
        check(unknown, touched.channels(), name -> name, (name, known) -> true);
        // Records that were applied before are replayed from their events.
        check(
                unknown,
                touched.records(),
                Keys.OfRecord::channel,
                (key, known) -> !known.state().applied().covers(key.position()));
        check(unknown, touched.users(), Keys.OfUser::channel, (key, known) -> known.knowsMember(key.user()));
        check(unknown, touched.marks(), Keys.OfUser::channel, (key, known) -> known.knowsMark(key.user()));
        check(unknown, touched.messages(), Keys.OfSeq::channel, (key, known) -> known.knowsMessage(key.seq()));
        check(unknown, touched.clientIds(), Keys.OfClientId::channel, (key, known) -> known.knowsId(key));
        return unknown;
    }

    private <K> void check(
            Set<ChannelName> unknown,
            Set<K> keys,
            Function<K, ChannelName> channel,
            BiPredicate<K, ActiveChannel> isKnown) {
        for (K key : keys) {
            ActiveChannel known = channels.get(channel.apply(key));
            if (known == null || !isKnown.test(key, known)) {
                unknown.add(channel.apply(key));
            }
        }
    }
}
