package dev.dunlin.client;

import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The token of a connection: the one that an attempt uses, and a new one on the link before the old
 * one expires. Without a new token the link continues until the server closes it with 4401. On the
 * loop only.
 */
final class TokenRenewal {
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Ref AUTH = Ref.of("auth");

    private final TokenCache tokens;
    private final Executor loop;
    private final LinkTimers timers;
    private final Consumer<ClientFrame> send;
    /** The next attempt needs a new token. */
    private boolean fresh;
    /** The server refused a token since a link was last good. */
    private boolean refused;
    /** Counts the links, so that a token for an earlier one is not sent on the next. */
    private int link;

    /** {@code send} sends a frame on the link that is up. */
    TokenRenewal(TokenCache tokens, Executor loop, LinkTimers timers, Consumer<ClientFrame> send) {
        this.tokens = tokens;
        this.loop = loop;
        this.timers = timers;
        this.send = send;
    }

    /** The token for the next attempt. */
    CompletableFuture<String> forAttempt() {
        return fresh ? tokens.renew() : tokens.current();
    }

    /** The attempt got its token. */
    void obtained() {
        fresh = false;
    }

    /**
     * The server refused the token. Returns whether one more attempt with a new token is allowed.
     */
    boolean refused() {
        if (refused) {
            return false;
        }
        refused = true;
        fresh = true;
        return true;
    }

    /** A link proved good, so the next refusal counts as the first. */
    void accepted() {
        refused = false;
    }

    /** Schedules the renewal on the link that is up, before its token expires. */
    void schedule() {
        tokens.refreshIn().ifPresent(time -> timers.after(time, this::renew));
    }

    /** Sends a new token on the link that is up. */
    void renew() {
        int mine = link;
        var unused = tokens.renew()
                .whenCompleteAsync(
                        (token, failure) -> {
                            if (mine != link) {
                                return;
                            }
                            if (failure != null) {
                                timers.after(RETRY, this::renew);
                            } else {
                                send.accept(new ClientFrame.Auth(AUTH, token));
                                schedule();
                            }
                        },
                        loop);
    }

    /** The link is gone, or another takes its place: a renewal in flight does nothing any more. */
    void cancel() {
        link++;
    }
}
