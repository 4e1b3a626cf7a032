package dev.dunlin.connection.handshake;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.auth.TokenVerifier;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.dispatch.DispatchContext;
import dev.dunlin.connection.drain.Readiness;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.notice.UserWatch;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.connection.ticket.Tickets;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.MembershipList;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Decides whether a client is admitted, before its link is accepted; the same for every transport.
 * Blocks: call it on a virtual thread.
 */
public final class Admissions {
    private static final Duration WITHIN = Duration.ofSeconds(6);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final HandshakeLimits limits;
    private final TokenVerifier verifier;
    private final Tickets tickets;
    private final BusSubscriptions busSubscriptions;
    private final HubLoop loop;
    private final ChannelDirectory directory;
    private final SessionDirectory sessions;
    private final Readiness readiness;
    private final DispatchContext dispatch;
    private final WelcomeFacts facts;

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
            WelcomeFacts facts) {
        this.limits = limits;
        this.verifier = verifier;
        this.tickets = tickets;
        this.busSubscriptions = busSubscriptions;
        this.loop = loop;
        this.directory = directory;
        this.sessions = sessions;
        this.readiness = readiness;
        this.dispatch = dispatch;
        this.facts = facts;
    }

    /**
     * Admits a client or throws {@link RefusedException}: {@code unauthenticated},
     * {@code forbidden}, {@code rate_limited}, {@code overloaded} when the node is full,
     * {@code unavailable} when it drains or cannot know what it must know. Who is admitted must
     * enter, or be turned away with {@link Admission#abandon}.
     */
    public Admission admit(Handshake handshake) {
        limits.arrive();
        if (readiness.draining()) {
            throw new RefusedException(ErrorCode.UNAVAILABLE, "this node stops; connect again", RETRY);
        }
        Identity identity = identify(handshake.credentials());
        Runnable leave = limits.enter(identity.user(), handshake.address());
        try {
            return admit(identity, handshake.auto(), leave);
        } catch (RuntimeException e) {
            leave.run();
            throw e;
        }
    }

    private Admission admit(Identity identity, boolean auto, Runnable leave) {
        UserWatch watch = await(UserWatch.start(identity.user(), busSubscriptions, loop));
        try {
            verifier.requireCurrent(identity); // sessions may have been ended before the watch began
            MembershipList own = auto
                    ? await(directory.memberships(identity.user()))
                            .atMost(facts.limits().subscriptions())
                    : MembershipList.NONE;
            return new Admission(identity, own, auto, watch, leave, sessions, dispatch, facts);
        } catch (RuntimeException e) {
            watch.stop();
            throw e;
        }
    }

    /**
     * A ticket's identity may have expired: it is checked, like every other, once the watch has
     * begun.
     */
    private Identity identify(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Token token -> verifier.verify(token.value());
            case Credentials.Ticket ticket ->
                tickets.redeem(ticket.value())
                        .orElseThrow(() -> new RefusedException(
                                ErrorCode.UNAUTHENTICATED, "the ticket is unknown, was used, or is too old"));
            case Credentials.ForeignCookie cookie ->
                throw new RefusedException(ErrorCode.FORBIDDEN, "the cookie counts only with an allowed Origin");
            case Credentials.None none -> throw new RefusedException(ErrorCode.UNAUTHENTICATED, "a token is required");
        };
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(ErrorCode.UNAVAILABLE, "this node stops; connect again", RETRY);
        } catch (ExecutionException | TimeoutException e) {
            throw new RefusedException(
                    ErrorCode.UNAVAILABLE, "a service that a session needs is unavailable; connect again", RETRY);
        }
    }
}
