package dev.dunlin.message.userdata;

import dev.dunlin.message.command.Asker;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.command.CommandGateway.Answer;
import dev.dunlin.message.command.CommandGateway.Answers;
import dev.dunlin.message.command.CommandGateway.Request;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.purge.Farewell;
import dev.dunlin.message.purge.Purge;
import dev.dunlin.message.userdata.Erasures.Erasure;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.MemberPage.Member;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.ForgetMember;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.Role;
import dev.dunlin.protocol.kafka.UserEvent.UserErased;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Erases users by ordinary commands on the log: it deletes each message, removes each reaction and
 * ends each membership with its marks. So subscribers and replays see the erasure too. A channel
 * that only the user owned passes to its next owner.
 *
 * <p>Memberships go first, since a user without membership adds nothing. Then the nodes and the
 * other services are notified, and only then the erasure counts as finished. After a crash in
 * between they are notified again. A repeated request notifies again too. Blocks; one thread at a
 * time.
 */
public final class Eraser {
    private static final int BATCH = 500;

    private static final Comparator<Member> FIRST_IN_LINE = Comparator.comparing(
                    (Member member) -> member.role() != Role.OWNER)
            .thenComparing(Member::since)
            .thenComparing(member -> member.user().value());

    private final Erasures erasures;
    private final UserData data;
    private final Memberships memberships;
    private final Contacts contacts;
    private final CommandGateway gateway;
    private final Farewell farewell;
    private final UserEvents events;
    private final InstantSource clock;
    private final RandomGenerator random;

    public Eraser(
            Erasures erasures,
            UserData data,
            Memberships memberships,
            Contacts contacts,
            CommandGateway gateway,
            Farewell farewell,
            UserEvents events,
            InstantSource clock,
            RandomGenerator random) {
        this.erasures = erasures;
        this.data = data;
        this.memberships = memberships;
        this.contacts = contacts;
        this.gateway = gateway;
        this.farewell = farewell;
        this.events = events;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Carries out all erasures that were requested; ends early when {@code stopped}. {@code done}
     * runs after each. Throws {@link IllegalStateException} if a command is refused or not
     * answered, and what {@link UserEvents} throws.
     */
    public void carryOut(BooleanSupplier stopped, Runnable done) {
        for (Optional<Erasure> next = erasures.findToDo();
                next.isPresent() && !stopped.getAsBoolean();
                next = erasures.findToDo()) {
            Erasure erased = messages(reactions(belongings(next.get(), stopped), stopped), stopped);
            if (!stopped.getAsBoolean()) {
                finish(erased);
                done.run();
            }
        }
    }

    private void finish(Erasure erased) {
        unblock(erased.user());
        long nowMs = clock.millis();
        farewell.membershipsChanged(erased.user());
        events.publish(new UserErased(erased.user(), nowMs), TraceId.next(random));
        erasures.save(erased.finishedAt(nowMs));
    }

    /** In the direct channels the block ended with the membership. */
    private void unblock(UserId user) {
        for (List<Contacts.Blocked> page = contacts.blocked(user, null, BATCH);
                !page.isEmpty();
                page = contacts.blocked(user, null, BATCH)) {
            page.forEach(one -> contacts.unblock(user, one.user()));
        }
    }

    private Erasure belongings(Erasure before, BooleanSupplier stopped) {
        UserId user = before.user();
        Erasure erasure = before;
        List<UserData.Belonging> page = data.belongings(user, null, BATCH);
        while (!page.isEmpty() && !stopped.getAsBoolean()) {
            Asker service = asker(Purge.SERVICE);
            long gone = ask(page.stream()
                    .map(one -> new Request(one.channel(), service, forget(one, user)))
                    .toList());
            erasure = saved(erasure.plus(0, 0, gone));
            page = data.belongings(user, page.getLast().channel(), BATCH);
        }
        return erasure;
    }

    private ForgetMember forget(UserData.Belonging one, UserId user) {
        return new ForgetMember(user, one.role() == Role.OWNER ? findSuccessor(one.channel(), user) : null);
    }

    /**
     * Another owner, else the member who joined first; the lower id of two who joined at the same
     * time. Null in a channel without other members: a back end manages it then.
     */
    private @Nullable UserId findSuccessor(ChannelName channel, UserId leaving) {
        Member successor = null;
        List<Member> page = memberships.page(channel, null, BATCH);
        while (!page.isEmpty()) {
            for (Member member : page) {
                boolean before = successor == null || FIRST_IN_LINE.compare(member, successor) < 0;
                if (before && !member.user().equals(leaving)) {
                    successor = member;
                }
            }
            page = memberships.page(channel, page.getLast().user(), BATCH);
        }
        return successor == null ? null : successor.user();
    }

    private Erasure reactions(Erasure before, BooleanSupplier stopped) {
        Erasure erasure = before;
        List<UserData.Reaction> page = data.reactions(before.user(), null, BATCH);
        while (!page.isEmpty() && !stopped.getAsBoolean()) {
            Asker itself = asker(before.user());
            long gone = ask(page.stream()
                    .map(one -> new Request(one.channel(), itself, new React(one.target(), one.emoji(), true)))
                    .toList());
            erasure = saved(erasure.plus(0, gone, 0));
            page = data.reactions(before.user(), page.getLast(), BATCH);
        }
        return erasure;
    }

    private Erasure messages(Erasure before, BooleanSupplier stopped) {
        Erasure erasure = before;
        UserData.@Nullable Place after = null;
        List<ServerFrame.Message> page = data.messages(before.user(), null, BATCH);
        while (!page.isEmpty() && !stopped.getAsBoolean()) {
            Asker service = asker(Purge.SERVICE);
            long gone = ask(page.stream()
                    .map(one -> new Request(one.channel(), service, new Delete(one.seq())))
                    .toList());
            erasure = saved(erasure.plus(gone, 0, 0));
            ServerFrame.Message last = page.getLast();
            after = new UserData.Place(last.channel(), last.seq());
            page = data.messages(before.user(), after, BATCH);
        }
        return erasure;
    }

    private Erasure saved(Erasure erasure) {
        erasures.save(erasure);
        return erasure;
    }

    /**
     * How many were carried out. What is removed meanwhile counts as done; after any other refusal
     * the whole erasure is retried later.
     */
    private long ask(List<Request> requests) {
        return switch (gateway.askAll(requests)) {
            case Answers.Refused(var refusal) -> throw failed(refusal);
            case Answers.Each(var answers) ->
                answers.stream().filter(Eraser::carriedOut).count();
        };
    }

    private static boolean carriedOut(Answer answer) {
        return switch (answer) {
            case Answer.Done ignored -> true;
            case Answer.Refused(var refusal) -> {
                if (refusal.code() != ErrorCode.NOT_FOUND) {
                    throw failed(refusal);
                }
                yield false;
            }
        };
    }

    private static IllegalStateException failed(Refusal refusal) {
        return new IllegalStateException("an erasure was refused: " + refusal.message());
    }

    private Asker asker(UserId user) {
        return new Asker(user, Grant.SERVER, true, TraceId.next(random));
    }
}
