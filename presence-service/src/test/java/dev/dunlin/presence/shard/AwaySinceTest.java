package dev.dunlin.presence.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.StatusChoice.Mode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AwaySinceTest {
    private static final Instant NOW = Instant.ofEpochMilli(100_000);
    private static final NodeId NODE = new NodeId("a.1");
    private static final Chosen AWAY = new Chosen(new StatusChoice(Mode.AWAY, null, null, null), null);

    @Test
    void aUserIsAwaySinceTheLastOfItsSessionsIs() {
        assertThat(since(entry(Status.AWAY, away("s1", 10), away("s2", 30), away("s3", 20)), Chosen.NOTHING))
                .contains(30L);
    }

    @Test
    void aUserWithAnActiveSessionIsNotAway() {
        assertThat(since(entry(Status.ONLINE, away("s1", 10), session("s2", false, 5)), Chosen.NOTHING))
                .isEmpty();
    }

    @Test
    void whoIsOfflineOrInTheGraceIsNotAwaySinceAnyTime() {
        assertThat(since(null, Chosen.NOTHING)).isEmpty();
        assertThat(since(null, AWAY)).isEmpty();
        assertThat(since(entry(Status.AWAY), Chosen.NOTHING)).isEmpty();
    }

    @Test
    void whoChoseToBeAwayIsSoWhateverItsSessionsDo() {
        assertThat(since(entry(Status.ONLINE, session("s1", false, 10)), AWAY)).contains(0L);
        assertThat(since(entry(Status.AWAY, away("s1", 10)), AWAY)).contains(0L);
    }

    @Test
    void aChoiceThatIsOverDoesNotCount() {
        Chosen over = new Chosen(new StatusChoice(Mode.AWAY, null, null, NOW.toEpochMilli()), null);

        assertThat(since(entry(Status.ONLINE, session("s1", false, 10)), over)).isEmpty();
        assertThat(since(entry(Status.AWAY, away("s1", 10)), over)).contains(10L);
    }

    @Test
    void otherChoicesDoNotMakeAUserAway() {
        for (Mode mode : new Mode[] {Mode.DND, Mode.INVISIBLE}) {
            Chosen chosen = new Chosen(new StatusChoice(mode, null, null, null), null);

            assertThat(since(entry(Status.ONLINE, session("s1", false, 10)), chosen))
                    .isEmpty();
            assertThat(since(entry(Status.AWAY, away("s1", 10)), chosen)).contains(10L);
        }
    }

    private static Optional<Long> since(@Nullable UserEntry entry, Chosen chosen) {
        return Shown.awaySince(entry, chosen, NOW);
    }

    private static UserEntry entry(Status shown, OpenSession... sessions) {
        return new UserEntry(shown, Map.of(Device.WEB, shown), Arrays.asList(sessions));
    }

    private static OpenSession away(String id, long at) {
        return session(id, true, at);
    }

    private static OpenSession session(String id, boolean away, long at) {
        return new OpenSession(new SessionId(id), NODE, away, at, Device.WEB);
    }
}
