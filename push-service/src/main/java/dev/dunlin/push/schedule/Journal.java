package dev.dunlin.push.schedule;

import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.schedule.Pending.Settled;
import java.util.Optional;

/** Records what became of notifications. Called by many threads at once. */
public interface Journal {
    /** What became of a claimed row, and what was sent, if anything was. */
    void happened(Settled settled, Optional<Push> sent);

    /** The device is gone and was removed. */
    void gone(Pending.Claimed row, Push sent, String reason);

    /** A row could not be read and was dropped; {@code row}: its device and channel. */
    void unreadable(String row, String reason);
}
