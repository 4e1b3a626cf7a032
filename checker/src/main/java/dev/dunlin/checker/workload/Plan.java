package dev.dunlin.checker.workload;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which client does what: a pure function of the number of clients.
 *
 * @param groups the groups with their members; the first member is the owner
 * @param readers the users who may read each channel's log at the end
 */
public record Plan(
        List<Speaker> speakers,
        List<Listener> listeners,
        Map<ChannelName, List<UserId>> groups,
        Map<ChannelName, Who> readers) {
    private static final List<Medium> SPEAKING =
            List.of(Medium.SDK_POLL, Medium.SOCKET, Medium.REST, Medium.SDK, Medium.SDK_STREAM);
    private static final List<Way> LISTENING = List.of(
            new Way(Medium.SDK, Habit.STEADY),
            new Way(Medium.SOCKET, Habit.RESTLESS),
            new Way(Medium.STREAM, Habit.RESTLESS),
            new Way(Medium.SDK, Habit.RESTLESS),
            new Way(Medium.SOCKET, Habit.SLOW),
            new Way(Medium.SDK_STREAM, Habit.RESTLESS),
            new Way(Medium.SDK, Habit.AGAIN),
            new Way(Medium.SDK_POLL, Habit.STEADY),
            new Way(Medium.EVENTS, Habit.STEADY),
            new Way(Medium.SOCKET, Habit.AGAIN),
            new Way(Medium.POLL, Habit.LATE),
            new Way(Medium.MESSAGES, Habit.STEADY),
            new Way(Medium.SDK, Habit.SLOW),
            new Way(Medium.SDK_STREAM, Habit.AGAIN),
            new Way(Medium.STREAM, Habit.LATE),
            new Way(Medium.SDK_POLL, Habit.RESTLESS),
            new Way(Medium.SDK, Habit.LATE),
            new Way(Medium.POLL, Habit.STEADY),
            new Way(Medium.EVENTS, Habit.AGAIN),
            new Way(Medium.SDK_STREAM, Habit.SLOW),
            new Way(Medium.SOCKET, Habit.LATE),
            new Way(Medium.SDK_POLL, Habit.LATE),
            new Way(Medium.STREAM, Habit.SLOW));
    /** One of this many speakers is a back end. */
    private static final int BACK_ENDS = 4;

    private static final int DIRECT = 2;

    public Plan {
        speakers = List.copyOf(speakers);
        listeners = List.copyOf(listeners);
        groups = Map.copyOf(groups);
        readers = Map.copyOf(readers);
    }

    private record Way(Medium medium, Habit habit) {}

    /** A client that publishes. */
    public record Speaker(String name, Who who, Medium medium, List<ChannelName> channels) {}

    /** A client that listens. {@code auto}: the server subscribes it to its groups. */
    public record Listener(
            String name, Who who, Medium medium, Habit habit, boolean auto, List<ChannelName> channels) {}

    /**
     * The plan for {@code clients} clients, half of them speakers, with at least 2 of each kind.
     * {@code name} is part of the names of all channels except direct ones.
     */
    public static Plan of(String name, int clients) {
        int speakers = Math.max(2, clients / 2);
        int listeners = Math.max(2, clients - speakers);
        List<ChannelName> groups = channels("group:" + name + "-", 2);
        List<ChannelName> rooms = channels("room:" + name + "-", 3);
        List<ChannelName> live = channels("live:" + name + "-", 1);
        List<ChannelName> direct = IntStream.rangeClosed(1, DIRECT)
                .mapToObj(n -> new ChannelName("dm:" + speaker(name, n) + ":" + listener(name, n)))
                .toList();

        List<Speaker> saying = new ArrayList<>();
        for (int n = 1; n <= speakers; n++) {
            boolean server = n % BACK_ENDS == 0 || (speakers < BACK_ENDS && n == speakers);
            Medium medium = SPEAKING.get((server ? n / BACK_ENDS : n) % SPEAKING.size());
            Stream<ChannelName> own = n <= DIRECT ? Stream.of(direct.get(n - 1)) : Stream.empty();
            saying.add(new Speaker(
                    medium.prefix() + "-p" + n,
                    new Who(new UserId(speaker(name, n)), server),
                    medium,
                    Stream.concat(own, join(server ? List.of(live, groups, rooms) : List.of(groups, rooms)).stream())
                            .toList()));
        }
        List<Listener> hearing = new ArrayList<>();
        for (int n = 1; n <= listeners; n++) {
            Way way = LISTENING.get((n - 1) % LISTENING.size());
            Stream<ChannelName> own = n <= DIRECT ? Stream.of(direct.get(n - 1)) : Stream.empty();
            hearing.add(new Listener(
                    way.medium.prefix() + "-s" + n,
                    new Who(new UserId(listener(name, n)), false),
                    way.medium,
                    way.habit,
                    n % 2 == 1,
                    Stream.concat(own, join(List.of(groups, rooms, live)).stream())
                            .toList()));
        }
        List<UserId> everybody = Stream.concat(
                        saying.stream().map(speaker -> speaker.who().user()),
                        hearing.stream().map(listener -> listener.who().user()))
                .toList();
        Map<ChannelName, List<UserId>> members = new HashMap<>();
        groups.forEach(group -> members.put(group, everybody));
        Map<ChannelName, Who> readers = new HashMap<>();
        join(List.of(groups, rooms, live))
                .forEach(channel -> readers.put(channel, saying.getFirst().who()));
        direct.forEach(
                channel -> readers.put(channel, new Who(channel.directMembers().getFirst(), false)));
        return new Plan(saying, hearing, members, readers);
    }

    /** Every channel. */
    public List<ChannelName> channels() {
        return readers.keySet().stream()
                .sorted(Comparator.comparing(ChannelName::value))
                .toList();
    }

    private static String speaker(String name, int n) {
        return name + "-p" + n;
    }

    private static String listener(String name, int n) {
        return name + "-s" + n;
    }

    private static List<ChannelName> channels(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> new ChannelName(prefix + n))
                .toList();
    }

    private static List<ChannelName> join(List<List<ChannelName>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }
}
