package dev.dunlin.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenTest {
    /** Java 17 has no switch over sealed types, so this is what a new event has to pass. */
    @Test
    void theEventsThatNameATargetAreThoseThatAreHidden() {
        List<Class<?>> withTarget = Arrays.stream(ServerFrame.LogEvent.class.getPermittedSubclasses())
                .filter(event -> Arrays.stream(event.getRecordComponents())
                        .anyMatch(component -> component.getName().equals("target")))
                .<Class<?>>map(event -> event)
                .toList();
        assertThat(withTarget)
                .containsExactlyInAnyOrder(
                        ServerFrame.Edited.class, ServerFrame.Deleted.class, ServerFrame.Reacted.class);
    }
}
