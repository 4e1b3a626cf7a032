package dev.dunlin.connection.handshake;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.auth.TokenVerifier;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.dispatch.DispatchContext;
import dev.dunlin.connection.drain.Readiness;
import dev.dunlin.connection.loop.Deadlines;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.notice.UserWatch;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.connection.ticket.Tickets;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.MembershipList;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Decides whether a client is admitted, before its link is accepted; the same for every transport.
 * Any thread.
 */
public final class Admissions {
    private static final Duration WITHIN = Duration.ofSeconds(6);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final HandshakeLimits limits;
    private final Departure departure;
    private final TokenVerifier verifier;
    private final Tickets tickets;
    private final BusSubscriptions busSubscriptions;
    private final HubLoop loop;
    private final ChannelDirectory directory;
    private final Readiness readiness;
    private final DispatchContext dispatch;
    private final WelcomeFacts facts;
    private final Executor virtualThreads;
    private final Deadlines deadlines;

    public Admissions(
            HandshakeLimits limits,
            TokenVerifier verifier,
            Tickets tickets,
            BusSubscriptions busSubscriptions,
            HubLoop loop,
            ChannelDirectory directory,
            SessionDirectory sessions,
            Readiness readiness,
            DispatchContext dispatch,
            WelcomeFacts facts,
            Executor virtualThreads) {
        this.limits = limits;
        this.departure = new Departure(limits, busSubscriptions, loop, sessions);
        this.verifier = verifier;
        this.tickets = tickets;
        this.busSubscriptions = busSubscriptions;
        this.loop = loop;
        this.directory = directory;
        this.readiness = readiness;
        this.dispatch = dispatch;
        this.facts = facts;
        this.virtualThreads = virtualThreads;
        this.deadlines = new Deadlines(loop, WITHIN);
    }

    /**
     * Admits a client. Never blocks; completes on any thread. Fails with {@link RefusedException}:
     * {@code unauthenticated}, {@code forbidden}, {@code rate_limited}, {@code overloaded} when the
     * node is full, {@code unavailable} when it drains or cannot know what it must know. Who is
     * admitted must enter, or be turned away with {@link Admission#abandon}.
     */
    public CompletionStage<Admission> admit(Handshake handshake) {
        try {
            limits.arrive();
            if (readiness.draining()) {
                throw new RefusedException(ErrorCode.UNAVAILABLE, "this node stops; connect again", RETRY);
            }
            return identify(handshake.credentials()).thenCompose(identity -> enter(identity, handshake));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Admission> enter(Identity identity, Handshake handshake) {
        String address = limits.enter(identity.user(), handshake.address());
        return watch(identity)
                .thenCompose(watch -> welcome(identity, handshake, watch, address))
                .whenComplete((admission, failure) -> {
                    if (failure != null) {
                        limits.leave(identity.user(), address);
                    }
                });
    }

    private CompletionStage<UserWatch> watch(Identity identity) {
        return available(UserWatch.start(identity.user(), busSubscriptions, loop));
    }

    private CompletionStage<Admission> welcome(
            Identity identity, Handshake handshake, UserWatch watch, String address) {
        boolean auto = handshake.auto();
        return memberships(identity, auto)
                .thenApply(own -> new Admission(
                        identity, handshake.device(), own, auto, watch, address, departure, dispatch, facts))
                .whenComplete((admission, failure) -> {
                    if (failure != null) {
                        watch.stop();
                    }
                });
    }

    private CompletionStage<MembershipList> memberships(Identity identity, boolean auto) {
        try {
            verifier.requireCurrent(identity); // sessions may have been ended before the watch began
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (!auto) {
            return CompletableFuture.completedStage(MembershipList.NONE);
        }
        CompletableFuture<MembershipList> own =
                directory.memberships(identity.user()).toCompletableFuture().copy();
        loop.execute(() -> deadlines.watch(own, "no answer from message-service"));
        return available(own).thenApply(all -> all.atMost(facts.limits().subscriptions()));
    }

    /**
     * A ticket's identity may have expired: it is checked, like every other, once the watch has
     * begun. What may block runs on a virtual thread; a token that was verified before does not.
     */
    private CompletionStage<Identity> identify(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Token token ->
                verifier.remembered(token.value())
                        .map(CompletableFuture::completedStage)
                        .orElseGet(() ->
                                CompletableFuture.supplyAsync(() -> verifier.verify(token.value()), virtualThreads));
            case Credentials.Ticket ticket ->
                CompletableFuture.supplyAsync(
                        () -> tickets.redeem(ticket.value())
                                .orElseThrow(() -> new RefusedException(
                                        ErrorCode.UNAUTHENTICATED, "the ticket is unknown, was used, or is too old")),
                        virtualThreads);
            case Credentials.ForeignCookie cookie ->
                throw new RefusedException(ErrorCode.FORBIDDEN, "the cookie counts only with an allowed Origin");
            case Credentials.None none -> throw new RefusedException(ErrorCode.UNAUTHENTICATED, "a token is required");
        };
    }

    /** Every failure means that a client may try again. */
    private static <T> CompletionStage<T> available(CompletionStage<T> stage) {
        return stage.exceptionallyCompose(failure -> CompletableFuture.failedFuture(new RefusedException(
                ErrorCode.UNAVAILABLE, "a service that a session needs is unavailable; connect again", RETRY)));
    }
}
