package dev.dunlin.connection.channelpresence;

import dev.dunlin.connection.subscription.SubscribedSession;
import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this node's sessions see of who is in one channel. It is open while any of them follows, and
 * sends them the changes: the first at once, then at most one frame a second. Hub loop only.
 */
final class ChannelView {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ChannelName channel;
    private final PresenceRule rule;
    private final ChannelPresence.Context context;
    private final MergedUsers users = new MergedUsers();
    private final Followers followers;
    private final PartReader reader;
    private final Pace pace;
    private final List<Question> waiting = new ArrayList<>();
    /** Who gets the last signals when they are known. */
    private final List<SubscribedSession> newcomers = new ArrayList<>();

    private final LateSignals late = new LateSignals();

    private boolean known;
    /** Whether there are too many users to name. */
    private boolean partial;

    private Count sent = new Count(-1, -1);

    private record Question(Follower follower, @Nullable Ref ref) {}

    ChannelView(ChannelName channel, PresenceRule rule, ChannelPresence.Context context) {
        this.channel = channel;
        this.rule = rule;
        this.context = context;
        this.followers = new Followers(context.loop(), this::refresh);
        this.pace = new Pace(context.loop(), PAUSE, this::send);
        this.reader = new PartReader(
                channel,
                rule.mode().names(),
                users,
                context,
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10)),
                new PartReader.Listener() {
                    @Override
                    public void read() {
                        becameKnown();
                    }

                    @Override
                    public void changed() {
                        ChannelView.this.changed();
                    }

                    @Override
                    public void failed() {
                        refuse();
                    }
                });
    }

    /** Starts to receive; {@code own} is what this node has itself. */
    void open(PartHead head, List<PartUser> own) {
        users.replace(context.life(), head, own);
        reader.open();
    }

    void close() {
        reader.close();
    }

    /** Whether nobody follows. */
    boolean isEmpty() {
        return followers.isEmpty();
    }

    /** The runs of nodes whose parts are here. */
    Set<NodeId> lives() {
        return users.lives();
    }

    /** Makes up for what the bus may have lost. */
    void heal() {
        reader.refresh();
    }

    /** This node's own part has changed. */
    void changedHere(PartHead head, Map<UserId, Optional<PartUser>> changes) {
        users.apply(context.life(), head, changes);
        changed();
    }

    /** A node is dead. Returns whether it had a part. */
    boolean drop(NodeId life) {
        boolean dropped = users.drop(life);
        if (dropped) {
            context.metrics().channelPresencePartLost();
            changed();
        }
        return dropped;
    }

    /** Answers with who is there, now or when it is known; then the session follows. */
    void sync(SubscribedSession subscription, @Nullable Ref ref) {
        Question question = new Question(followers.of(subscription), ref);
        if (known) {
            answer(question);
        } else {
            waiting.add(question);
        }
    }

    private void answer(Question question) {
        Follower follower = question.follower();
        follower.follows = true;
        byte[] frame = ViewFrames.sync(question.ref(), channel, users, count(), partial);
        follower.subscription.session().loop().execute(() -> {
            if (follower.subscription.granted()) {
                follower.subscription.session().outbox().offer(frame);
            } else {
                follower.subscription.session().refuse(question.ref(), ChannelPresence.CHECKED);
            }
        });
    }

    private void forgetIdle(Follower follower) {
        if (!follower.follows && !follower.counts) {
            followers.remove(follower.subscription);
        }
    }

    /** A session no longer follows. */
    void unfollow(SubscribedSession subscription) {
        Follower follower = followers.find(subscription);
        if (follower != null) {
            follower.follows = false;
            forgetIdle(follower);
        }
    }

    /** A session no longer wants to know how many are there. */
    void uncount(SubscribedSession subscription) {
        Follower follower = followers.find(subscription);
        if (follower != null) {
            follower.counts = false;
            forgetIdle(follower);
        }
    }

    /** A session wants to know how many are there. */
    void count(SubscribedSession subscription) {
        Follower follower = followers.of(subscription);
        follower.counts = true;
        if (known) {
            followers.sendTo(follower, ViewFrames.occupancy(channel, count()));
        }
    }

    /** A session gets the last signals. */
    void welcome(SubscribedSession subscription) {
        late.add(subscription, context.loop().nanos());
        if (known) {
            sendLast(List.of(subscription));
        } else {
            newcomers.add(subscription);
        }
    }

    private void sendLast(List<SubscribedSession> to) {
        List<byte[]> frames = to.isEmpty()
                ? List.of()
                : ViewFrames.lastSignals(channel, users, context.limits().listedUsers());
        to.forEach(subscription -> subscription.session().loop().execute(() -> {
            if (subscription.granted()) {
                frames.forEach(frame -> subscription.session().outbox().offerEphemeral(frame));
            }
        }));
    }

    /** A session is not subscribed any more. */
    void ended(SubscribedSession subscription) {
        followers.remove(subscription);
        newcomers.remove(subscription);
        late.remove(subscription);
        waiting.removeIf(question -> question.follower().subscription.equals(subscription));
    }

    private void becameKnown() {
        if (known) {
            return;
        }
        known = true;
        var unused = users.take(); // nobody has seen anything yet
        partial = users.size() > context.limits().listedUsers();
        sent = count();
        List<Question> answered = List.copyOf(waiting);
        waiting.clear();
        answered.forEach(this::answer);
        followers.send(ViewFrames.occupancy(channel, sent), follower -> follower.counts);
        sendLast(List.copyOf(newcomers));
        newcomers.clear();
    }

    private void refuse() {
        if (known) {
            return;
        }
        Refusal why = new Refusal(
                ErrorCode.UNAVAILABLE, "who is in the channel is not known now; try again", Duration.ofSeconds(1));
        List<Question> refused = List.copyOf(waiting);
        waiting.clear();
        refused.forEach(question -> {
            var session = question.follower().subscription.session();
            session.loop().execute(() -> session.refuse(question.ref(), why));
            forgetIdle(question.follower());
        });
    }

    private void changed() {
        if (known) {
            pace.ask();
        }
    }

    private Count count() {
        return rule.mode().names()
                ? new Count(users.size(), users.links())
                : new Count(users.countedUsers(), users.links());
    }

    private void send() {
        Map<UserId, Optional<PartUser>> before = users.take();
        late.send(channel, before, users, context.loop().nanos());
        Count now = count();
        if (rule.mode().names()) {
            sendNamed(before, now);
        }
        if (!now.equals(sent)) {
            sent = now;
            followers.send(
                    ViewFrames.occupancy(channel, now), follower -> follower.counts || (partial && follower.follows));
        }
    }

    private void sendNamed(Map<UserId, Optional<PartUser>> before, Count now) {
        int most = context.limits().listedUsers();
        boolean tooMany = users.size() > (partial ? most * 4 / 5 : most); // it does not flap at the limit
        if (tooMany != partial) {
            partial = tooMany;
            followers.send(ViewFrames.sync(null, channel, users, now, partial), follower -> follower.follows);
        } else if (!partial) {
            ViewFrames.diff(channel, before, users)
                    .ifPresent(frame -> followers.send(frame, follower -> follower.follows));
        }
    }

    /** Sends everything to a follower that missed something. */
    private void refresh(Follower follower) {
        if (follower.follows) {
            followers.sendTo(follower, ViewFrames.sync(null, channel, users, count(), partial));
        }
        if (follower.counts) {
            followers.sendTo(follower, ViewFrames.occupancy(channel, count()));
        }
    }
}
