package dev.dunlin.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransportChoiceTest {
    private static final Set<Transport> ALL = EnumSet.allOf(Transport.class);

    private final Kept kept = new Kept();
    private Instant now = Instant.EPOCH;
    private final InstantSource clock = () -> now;

    @Test
    void goesDownWhenEnoughSpeaksAgainstItAndAroundAtTheEnd() {
        TransportChoice choice = new TransportChoice(ALL, clock, kept);
        assertThat(choice.failed(1)).isFalse();
        assertThat(choice.failed(1)).isTrue();
        assertThat(choice.current()).isEqualTo(Transport.SSE);
        assertThat(choice.better()).containsExactly(Transport.WEBSOCKET);
        assertThat(choice.failed(2)).isTrue();
        assertThat(choice.current()).isEqualTo(Transport.POLL);
        assertThat(choice.failed(2)).isTrue();
        assertThat(choice.current()).isEqualTo(Transport.WEBSOCKET);
    }

    @Test
    void aServerThatIsDownMakesNobodyLeaveTheBest() {
        TransportChoice choice = new TransportChoice(ALL, clock, kept);
        for (int i = 0; i < 100; i++) {
            assertThat(choice.failed(0.5)).isFalse();
        }
    }

    @Test
    void whatWorkedIsRememberedForTenMinutes() {
        TransportChoice choice = new TransportChoice(ALL, clock, kept);
        choice.failed(2);
        choice.worked();
        now = now.plusSeconds(599);
        assertThat(new TransportChoice(ALL, clock, kept).current()).isEqualTo(Transport.SSE);
        now = now.plusSeconds(1);
        assertThat(new TransportChoice(ALL, clock, kept).current()).isEqualTo(Transport.WEBSOCKET);
    }

    @Test
    void whatIsNotAllowedIsNotUsedAndSomethingHasToBe() {
        TransportChoice choice = new TransportChoice(Set.of(Transport.POLL), clock, kept);
        assertThat(choice.failed(2)).isFalse();
        assertThat(choice.current()).isEqualTo(Transport.POLL);
        assertThatThrownBy(() -> new TransportChoice(Set.of(), clock, kept))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final class Kept implements TransportMemory {
        private String value = "rubbish 12";

        @Override
        public Optional<String> load() {
            return Optional.of(value);
        }

        @Override
        public void save(String saved) {
            value = saved;
        }
    }
}
