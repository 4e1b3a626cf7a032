package dev.dunlin.connection.channelpresence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.subscription.SubscribedSession;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.http.PresenceMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The presence of one channel on this node: who is there with links of the node, and what those who
 * follow see. It ends when there is neither. Hub loop only.
 */
final class PresentChannel implements OwnPart.Listener {
    private final ChannelName name;
    private final PresenceRule rule;
    private final ChannelPresence.Context context;
    private final Runnable onEnd;
    private final LocalUsers users;
    private final OwnPart own;
    private @Nullable ChannelView view;
    private boolean ended;
    /** Whether a timer for the next end of a grace runs. */
    private boolean timed;

    PresentChannel(ChannelName name, PresenceRule rule, ChannelPresence.Context context, Runnable onEnd) {
        this.name = name;
        this.rule = rule;
        this.context = context;
        this.onEnd = onEnd;
        this.users = new LocalUsers(rule.grace(), context.clock(), context.loop()::nanos);
        this.own = new OwnPart(name, rule.mode().names(), users, context, this);
        checkLater();
    }

    /** A session is subscribed. */
    void begin(SubscribedSession session) {
        if (rule.mode() == PresenceMode.SUBSCRIBERS || rule.mode() == PresenceMode.COUNT) {
            users.begin(session);
        }
        if (rule.last()) {
            view().welcome(session);
        }
        moved();
    }

    void enter(SubscribedSession session, @Nullable JsonNode data) {
        users.enter(session, data);
        moved();
    }

    void leave(SubscribedSession session) {
        users.leave(session);
        moved();
    }

    void signal(SubscribedSession session, @Nullable JsonNode data) {
        users.signal(session, data);
        moved();
    }

    void end(SubscribedSession session, boolean linkClosed) {
        users.end(session, linkClosed);
        if (view != null) {
            view.ended(session);
        }
        endGraces();
    }

    void sync(SubscribedSession session, @Nullable Ref ref) {
        view().sync(session, ref);
    }

    void unfollow(SubscribedSession session) {
        if (view != null) {
            view.unfollow(session);
        }
        moved();
    }

    void count(SubscribedSession session) {
        view().count(session);
    }

    void uncount(SubscribedSession session) {
        if (view != null) {
            view.uncount(session);
        }
        moved();
    }

    private ChannelView view() {
        ChannelView open = view;
        if (open == null) {
            open = new ChannelView(name, rule, context);
            view = open;
            context.followed().incrementAndGet();
            open.open(own.head(), own.all());
        }
        return open;
    }

    private void moved() {
        own.changed();
        ChannelView open = view;
        if (open != null && open.isEmpty() && (!rule.last() || users.isEmpty())) {
            view = null;
            context.followed().decrementAndGet();
            open.close();
        }
        endIfIdle();
    }

    private void endGraces() {
        Optional<Duration> next = users.endGraces();
        moved();
        if (next.isPresent() && !timed) {
            timed = true;
            context.loop().after(next.get().plusMillis(1), () -> {
                timed = false;
                endGraces();
            });
        }
    }

    @Override
    public void changed(PartHead head, Map<UserId, Optional<PartUser>> changes) {
        if (view != null) {
            view.changedHere(head, changes);
        }
    }

    @Override
    public void empty() {
        endIfIdle();
    }

    private void endIfIdle() {
        if (!ended && view == null && users.isEmpty() && !own.unwritten()) {
            ended = true;
            onEnd.run();
        }
    }

    private void checkLater() {
        long check = ChannelPresence.CHECK.toMillis();
        context.loop().after(Duration.ofMillis(check * 4 / 5 + context.random().nextLong(check * 2 / 5)), () -> {
            if (!ended) {
                check();
                checkLater();
            }
        });
    }

    /** Makes up for what the bus or the store may have lost. */
    void check() {
        if (!users.isEmpty()) {
            own.check();
        }
        if (view != null) {
            view.heal();
        }
    }

    /** The runs of nodes whose parts are here. */
    Set<NodeId> lives() {
        return view == null ? Set.of() : view.lives();
    }

    /** A node is dead. */
    void drop(NodeId life) {
        if (view != null && view.drop(life)) {
            var unused = context.store().remove(name, life);
        }
    }
}
