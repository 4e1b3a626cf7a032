package dev.dunlin.push.schedule;

import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.Pending.Settled;

/** What is to be done with a claimed row. */
sealed interface Plan {
    Claimed row();

    /** It is sent. {@code seq}: the message that the device shows then. */
    record Send(Claimed row, Push push, long seq) implements Plan {}

    /** Nothing is sent, at least for now. */
    record Settle(Settled settled) implements Plan {
        @Override
        public Claimed row() {
            return settled.row();
        }
    }
}
