package dev.dunlin.checker.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {
    private final Plan plan = Plan.of("check", 24);

    @Test
    void aUsualPlanHasEveryTransportAndEveryHabit() {
        assertThat(plan.speakers())
                .extracting(Plan.Speaker::medium)
                .contains(Medium.SDK, Medium.SDK_STREAM, Medium.SDK_POLL, Medium.SOCKET, Medium.REST);
        assertThat(plan.listeners())
                .extracting(Plan.Listener::medium)
                .contains(Medium.SDK, Medium.SOCKET, Medium.STREAM, Medium.POLL, Medium.EVENTS, Medium.MESSAGES);
        assertThat(plan.listeners()).extracting(Plan.Listener::habit).contains(Habit.values());
    }

    @Test
    void everyDurableNamespaceIsUsed() {
        assertThat(plan.channels()).extracting(ChannelName::namespace).contains("group", "room", "live", "dm");
    }

    @Test
    void everyChannelHasASpeakerAndAListenerAndOnlyBackEndsSpeakLive() {
        IntStream.of(4, 10, 24, 60)
                .mapToObj(clients -> Plan.of("check", clients))
                .forEach(some -> {
                    for (ChannelName channel : some.channels()) {
                        assertThat(some.speakers())
                                .anyMatch(speaker -> speaker.channels().contains(channel));
                        assertThat(some.listeners())
                                .anyMatch(listener -> listener.channels().contains(channel));
                    }
                    assertThat(some.speakers())
                            .allMatch(speaker -> speaker.who().server()
                                    || speaker.channels().stream()
                                            .noneMatch(channel ->
                                                    channel.namespace().equals("live")));
                });
    }

    @Test
    void theSameNumberGivesTheSamePlan() {
        assertThat(Plan.of("check", 24)).isEqualTo(plan);
    }
}
