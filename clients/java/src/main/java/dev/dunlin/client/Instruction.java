package dev.dunlin.client;

import dev.dunlin.protocol.CloseCode;

/** What this client does after a close, from the advice of {@link CloseCode}. */
enum Instruction {
    /** Reconnect, and continue from the positions held. */
    RESUME,
    /** Reconnect without positions. */
    RESTART,
    /** Reconnect with another token only. */
    RENEW,
    /** Do not reconnect: the session ended in order, or a reconnect would end the same way. */
    STOP;

    static Instruction of(int code) {
        return switch (CloseCode.adviceFor(code)) {
            case RESUME -> RESUME;
            case RESTART -> RESTART;
            case RENEW -> RENEW;
            case DONE, STOP -> STOP;
        };
    }
}
