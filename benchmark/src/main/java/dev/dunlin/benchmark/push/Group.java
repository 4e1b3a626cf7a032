package dev.dunlin.benchmark.push;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.swarm.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A group whose members are offline and have one device each, and a further member who publishes
 * and has none. Used by one thread; blocks.
 */
final class Group {
    /** The most members that a group can be created with. */
    private static final int MOST_AT_FIRST = 1_000;

    private final BenchmarkSuite suite;
    private final Rest rest;
    private final String name;
    private final int members;
    private final AtomicInteger published = new AtomicInteger();

    private Group(BenchmarkSuite suite, Rest rest, String name, int members) {
        this.suite = suite;
        this.rest = rest;
        this.name = name;
        this.members = members;
    }

    /** A request body that registers the device of a member. */
    interface Registration {
        String of(int member);
    }

    /** Creates the group, and then registers the devices, as their users do. */
    static Group create(BenchmarkSuite suite, Rest rest, String name, int members, Registration registration)
            throws IOException, InterruptedException {
        System.err.printf("    a group of %,d with a device each%n", members);
        Group group = new Group(suite, rest, name, members);
        group.addMembers();
        Rest.each(0, members, member -> {
            String unused = rest.ask(
                    "push-service", "POST", "/v1/devices", suite.token(group.member(member)), registration.of(member));
        });
        return group;
    }

    private void addMembers() throws IOException, InterruptedException {
        String server = suite.stack().serverToken("benchmark");
        int atFirst = Math.min(members, MOST_AT_FIRST - 1);
        List<String> first = new ArrayList<>(List.of(publisher()));
        for (int i = 0; i < atFirst; i++) {
            first.add(member(i));
        }
        String unused = rest.ask(
                "message-service",
                "POST",
                "/v1/channels",
                server,
                "{\"channel\":\"%s\",\"members\":[\"%s\"]}".formatted(channel(), String.join("\",\"", first)));
        Rest.each(atFirst, members, member -> add(member, server));
    }

    private void add(int member, String token) throws IOException, InterruptedException {
        String unused = rest.ask(
                "message-service", "PUT", "/v1/channels/" + channel() + "/members/" + member(member), token, "{}");
    }

    /** Publishes a message, and returns its seq. */
    long publish() throws IOException, InterruptedException {
        int number = published.incrementAndGet();
        String answer = rest.ask(
                "message-service",
                "POST",
                "/v1/channels/" + channel() + "/messages",
                suite.token(publisher()),
                "{\"id\":\"m%d\",\"data\":{\"text\":\"The train at 9:42 leaves from platform %d today.\"}}"
                        .formatted(number, number));
        return Json.number(answer, "seq");
    }

    String channel() {
        return "group:" + name;
    }

    int members() {
        return members;
    }

    /** The name of a member, from 0. */
    String member(int number) {
        return name + "-" + number;
    }

    private String publisher() {
        return name + "-publisher";
    }
}
