package dev.dunlin.push.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Notifications;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.schedule.Pending.Addition;
import dev.dunlin.push.schedule.Pending.Cancellation;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DraftTest {
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final Epoch EPOCH = new Epoch("e1");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");

    private final Draft draft = new Draft();

    @Test
    void aReadMarkCancelsTheUsersOwnUpToItsSeq() {
        add(BOB, 1, 2, 3);
        add(CAROL, 1);
        draft.cancel(new Cancellation.ReadUpTo(ENG, EPOCH, BOB, 2));
        assertThat(seqsFor(BOB)).containsExactly(3L);
        assertThat(seqsFor(CAROL)).containsExactly(1L);
    }

    @Test
    void aReadMarkDoesNotCancelWhatComesAfterIt() {
        draft.cancel(new Cancellation.ReadUpTo(ENG, EPOCH, BOB, 9));
        add(BOB, 1);
        assertThat(seqsFor(BOB)).containsExactly(1L);
    }

    @Test
    void aMarkOfAnotherNumberingOrChannelCancelsNothing() {
        add(BOB, 1);
        draft.cancel(new Cancellation.ReadUpTo(ENG, new Epoch("e2"), BOB, 1));
        draft.cancel(new Cancellation.ReadUpTo(new ChannelName("group:ops"), EPOCH, BOB, 1));
        assertThat(seqsFor(BOB)).containsExactly(1L);
    }

    @Test
    void aDeletedMessageNotifiesNobody() {
        add(BOB, 1, 2);
        add(CAROL, 1);
        draft.cancel(new Cancellation.Deleted(ENG, EPOCH, 1));
        assertThat(seqsFor(BOB)).containsExactly(2L);
        assertThat(seqsFor(CAROL)).isEmpty();
    }

    @Test
    void onlyThoseWhoAreOfflineAreAdded() {
        add(BOB, 1);
        add(CAROL, 1);
        assertThat(draft.users()).containsExactlyInAnyOrder(BOB, CAROL);
        assertThat(draft.additionsFor(Set.of(CAROL))).hasSize(1);
    }

    private void add(UserId user, long... seqs) {
        Device device = new Device(
                new DeviceId(UUID.randomUUID()),
                user,
                new Target.Webhook(Endpoint.of("https://hook.example/"), "secret"),
                Prefs.NONE,
                Instant.EPOCH);
        for (long seq : seqs) {
            draft.add(device, Notifications.of(user, ENG, seq, TextNode.valueOf("hi")));
        }
    }

    private List<Long> seqsFor(UserId user) {
        return draft.additionsFor(Set.of(user)).stream()
                .map(Addition::notification)
                .map(notification -> notification.seq())
                .toList();
    }
}
