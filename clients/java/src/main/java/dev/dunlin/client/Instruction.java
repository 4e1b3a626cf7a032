package dev.dunlin.client;

import dev.dunlin.protocol.CloseCode;
import java.util.Set;

/** What a close code tells a client to do, {@code docs/protocol.md} section 6: the range is the instruction, so codes that nobody has seen yet are obeyed too. */
enum Instruction {
    /** Reconnect, and go on from the positions held. */
    RESUME,
    /** Reconnect, but forget the positions. */
    RESTART,
    /** Reconnect with another token only. */
    RENEW,
    /** Do not reconnect: the session was ended in order, or a reconnect would do the same again. */
    STOP;

    /** 1008 is a policy that a reconnect would meet again; the others are errors in the protocol itself. */
    private static final Set<Integer> WOULD_REPEAT = Set.of(1002, 1003, 1007, 1008, 1009);

    static Instruction of(int code) {
        if (code == CloseCode.TOKEN_EXPIRED.code()) {
            return RENEW;
        }
        if (WOULD_REPEAT.contains(code)) {
            return STOP;
        }
        return switch (CloseCode.adviceFor(code)) {
            case RESUME -> RESUME;
            case START_OVER -> RESTART;
            case STAY_CLOSED, ACT_FIRST -> STOP;
        };
    }
}
