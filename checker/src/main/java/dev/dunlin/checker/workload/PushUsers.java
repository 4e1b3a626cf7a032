package dev.dunlin.checker.workload;

import dev.dunlin.checker.history.PushDevice;
import dev.dunlin.checker.history.PushMessage;
import dev.dunlin.checker.history.PushRecorder;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.checker.transport.push.RecordingProvider;
import dev.dunlin.checker.transport.socket.PresentClient;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Users with webhooks as devices. Absent ones never have a link, steady ones always have one, and
 * restless ones come and go. Two talkers publish in a group of all and in direct channels, edit and
 * delete, and everybody gets letters. Some users read without a link, and some devices go. Runs on
 * its own threads until closed.
 */
public final class PushUsers implements AutoCloseable {
    private static final int TALKERS = 2;
    private static final int ABSENT = 4;
    private static final int STEADY = 2;
    private static final int RESTLESS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration EACH = Duration.ofSeconds(8);
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration READS_EVERY = Duration.ofSeconds(4);
    private static final int LEAST_STAY_MILLIS = 2_000;
    private static final int MOST_STAY_MILLIS = 15_000;
    private static final String SECRET = "a secret of sixteen or more bytes";

    private final Access access;
    private final PushRecorder recorder;
    private final RecordingProvider provider;
    private final long seed;
    private final Duration length;
    private final String name;
    private final Who backEnd;
    private final List<UserId> talkers;
    private final List<UserId> absent;
    private final List<UserId> steady;
    private final List<UserId> restless;
    private final ChannelName group;
    private final List<PresentClient> clients = new ArrayList<>();
    private final List<Loop> habits = new ArrayList<>();

    /**
     * Makes them; {@link #start} starts them.
     *
     * @param name is in the names of the users and of the group
     * @param length of the workload: devices go before its end
     */
    public PushUsers(
            String name, Access access, PushRecorder recorder, RecordingProvider provider, long seed, Duration length) {
        this.access = access;
        this.recorder = recorder;
        this.provider = provider;
        this.seed = seed;
        this.length = length;
        this.name = name;
        this.backEnd = new Who(new UserId(name + "-push-back-end"), true);
        this.talkers = users(name, "talker", TALKERS);
        this.absent = users(name, "absent", ABSENT);
        this.steady = users(name, "steady", STEADY);
        this.restless = users(name, "restless", RESTLESS);
        this.group = new ChannelName("group:" + name + "-push");
    }

    private static List<UserId> users(String name, String kind, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> new UserId(name + "-push-" + kind + "-" + n))
                .toList();
    }

    /**
     * Registers the devices and starts everyone. Blocks until the steady users are online over
     * REST; false if that takes too long. Fails if a group or a device cannot be created.
     */
    public boolean start() throws ExecutionException, InterruptedException {
        List<UserId> notified =
                Stream.of(absent, steady, restless).flatMap(List::stream).toList();
        List<UserId> everyone =
                Stream.concat(talkers.stream(), notified.stream()).toList();
        Groups.create(rest(talkers.getFirst()), group, everyone);
        recorder.channel(group, everyone);
        for (UserId user : notified) {
            register(user, false);
        }
        for (UserId user : List.of(absent.get(0), absent.get(1), restless.getFirst())) {
            register(user, true);
        }
        steady.forEach(user -> client(user).open());
        if (!awaitOnline()) {
            return false;
        }
        recorder.started();
        for (int n = 0; n < TALKERS; n++) {
            talk(talkers.get(n), List.of(absent.get(n), steady.get(n), restless.get(n)));
        }
        Letters letters = new Letters(name + "-push-letter", access, notified, recorder, new Random(seed));
        habits.add(Loop.start("letters", letters::run));
        restless.forEach(this::comeAndGo);
        read(absent.getLast());
        read(restless.getLast());
        return true;
    }

    private RestClient rest(UserId user) {
        return access.rest(new Who(user, false));
    }

    private void register(UserId user, boolean doomed) throws ExecutionException, InterruptedException {
        String device = user + (doomed ? "-doomed" : "-device");
        Map<String, String> body = Map.of("kind", "webhook", "url", provider.url(device), "secret", SECRET);
        RestClient owner = rest(user);
        long deadline = recorder.now() + PATIENCE.toNanos();
        while (true) {
            try {
                owner.registerDevice(Json.tree(body)).get();
                break;
            } catch (ExecutionException e) {
                if (recorder.now() > deadline) {
                    throw e;
                }
                Thread.sleep(BETWEEN); // the suite has just started
            }
        }
        recorder.device(new PushDevice(device, user, doomed));
        if (doomed) {
            Duration when = length.multipliedBy(10 + new Random(seed ^ device.hashCode()).nextInt(60))
                    .dividedBy(100);
            habits.add(Loop.start("end of " + device, loop -> {
                if (loop.pause(when)) {
                    provider.remove(device);
                }
            }));
        }
    }

    private boolean awaitOnline() throws InterruptedException {
        RestClient asking = access.rest(backEnd);
        long deadline = recorder.now() + PATIENCE.toNanos();
        while (recorder.now() < deadline) {
            try {
                List<UserPresence> presence = asking.presence(steady).get(EACH.toMillis(), TimeUnit.MILLISECONDS);
                if (presence.stream().allMatch(one -> one.status() == Status.ONLINE)) {
                    return true;
                }
            } catch (ExecutionException | TimeoutException e) {
                // the suite has just started: ask again
            }
            Thread.sleep(BETWEEN); // asked again at this pace
        }
        return false;
    }

    private PresentClient client(UserId user) {
        String client = user + "/1";
        PresentClient made =
                new PresentClient(client, access, new Who(user, false), recorder.links(), seed ^ client.hashCode());
        clients.add(made);
        return made;
    }

    private void talk(UserId talker, List<UserId> partners) {
        List<ChannelName> channels = new ArrayList<>(List.of(group, group));
        for (UserId partner : partners) {
            ChannelName direct = ChannelName.direct(talker, partner).orElseThrow();
            recorder.channel(direct, List.of(talker, partner));
            channels.add(direct);
        }
        Talking talking = new Talking(
                talker,
                rest(talker),
                channels,
                recorder,
                new Random(seed ^ talker.value().hashCode()));
        habits.add(Loop.start("talk of " + talker, talking::run));
    }

    private void comeAndGo(UserId user) {
        PresentClient own = client(user);
        Random random = new Random(seed ^ user.value().hashCode());
        habits.add(Loop.start("habit of " + user, loop -> {
            while (loop.pause(Duration.ofMillis(random.nextInt(LEAST_STAY_MILLIS, MOST_STAY_MILLIS)))
                    && !recorder.isFull()) {
                if (random.nextInt(3) == 0) {
                    own.away(!own.isAway());
                } else if (own.isOpen()) {
                    own.close();
                } else {
                    own.open();
                }
            }
        }));
    }

    /** Marks the newest message of the group as read, now and then. */
    private void read(UserId user) {
        RestClient reader = rest(user);
        habits.add(Loop.start("reading of " + user, loop -> {
            while (loop.pause(READS_EVERY) && !recorder.isFull()) {
                List<PushMessage> inGroup = recorder.messages().stream()
                        .filter(message -> message.channel().equals(group))
                        .toList();
                if (!inGroup.isEmpty()) {
                    long seq = inGroup.getLast().seq();
                    recorder.reads(user, group, seq);
                    var unused = reader.read(group, seq);
                }
            }
        }));
    }

    /** From now on nobody publishes or reads, and links only end when they are lost. */
    public void calm() {
        habits.forEach(Loop::close);
    }

    /** Ends all links. */
    @Override
    public void close() {
        calm();
        clients.forEach(PresentClient::close);
    }
}
