package dev.dunlin.examples.chat;

import dev.dunlin.client.ClientListener;
import dev.dunlin.client.ConnectionState;
import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.TransportChange;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.UserPresence;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One conversation: history, then live, while lines that are typed are obeyed. */
final class Chat implements ClientListener {
    private static final int HISTORY = 20;
    /** How far a file on standard input may be ahead of its acks. */
    private static final int PIPELINE = 100;

    private final ChannelName channel;
    private final ChatScreen screen;
    private final Transcript transcript;
    private final DunlinClient client;
    private final Waiting waiting;
    private final LinkNotices notices;
    private final People people;
    private final Deque<CompletableFuture<ServerFrame.Ack>> sent = new ArrayDeque<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile @Nullable UserId me;

    Chat(ChatOptions options, ChatScreen screen, InstantSource clock) {
        this.channel = options.channel();
        this.screen = screen;
        this.transcript = new Transcript(screen);
        this.waiting = new Waiting(options.origin());
        this.notices = new LinkNotices(screen, options.origin(), waiting);
        this.client = DunlinClient.at(options.origin(), options.tokens())
                .listener(this)
                .autoSubscribe(false)
                .build();
        this.people = new People(client, channel, screen, transcript, clock);
    }

    /**
     * Talks until the input ends or {@code /quit}; throws {@link ChatFailed} with a line for the
     * user.
     */
    void run(Lines input) throws ChatFailed {
        try (client) {
            UserId user = waiting.await(client.connect()).user();
            me = user;
            transcript.start(waiting.await(client.subscribe(channel).thenCompose(this::recent)));
            screen.hint("you are " + user + " in " + channel + "; /help says what else there is");
            if (screen.isForPeople()) {
                people.watch(user);
                client.read(channel, Math.max(1, transcript.shown()));
            }
            Thread.ofPlatform().name("input").daemon().start(() -> talk(input));
            waiting.awaitEnd();
            finish();
        }
    }

    /** A key was pressed. */
    void typing() {
        client.typing(channel);
    }

    private CompletableFuture<List<ServerFrame.Message>> recent(ServerFrame.Subscribed subscribed) {
        Long head = subscribed.head();
        return head == null || head == 0
                ? CompletableFuture.completedFuture(List.of())
                : newest(OptionalLong.of(head + 1), HISTORY);
    }

    private CompletableFuture<List<ServerFrame.Message>> newest(OptionalLong before, int messages) {
        return client.rest().messagesBefore(channel, before, messages).thenApply(page -> page.messages());
    }

    private void talk(Lines input) {
        try {
            boolean goOn = true;
            while (goOn) {
                var line = input.next();
                goOn = line.isPresent() && obey(Command.parse(line.get()));
            }
            waiting.end();
        } catch (IOException e) {
            waiting.fail("cannot read the input: " + e.getMessage());
        } catch (ChatFailed e) {
            waiting.fail(String.valueOf(e.getMessage()));
        }
    }

    /** Does what a line says; false if that is the end. */
    private boolean obey(Command command) throws ChatFailed {
        switch (command) {
            case Command.Nothing _ -> {}
            case Command.Say(String text) -> say(text, null);
            case Command.Reply(long seq, String text) -> say(text, seq);
            case Command.Edit(OptionalLong seq, String text) ->
                onOwn(seq, "edited", target -> client.edit(channel, target, Json.tree(Map.of("text", text))));
            case Command.Delete(OptionalLong seq) -> onOwn(seq, "deleted", target -> client.delete(channel, target));
            case Command.React react -> react(react);
            case Command.History(int messages) ->
                attempt(newest(OptionalLong.empty(), messages).thenAccept(page -> page.forEach(screen::event)));
            case Command.Who _ -> attempt(people.who());
            case Command.SetStatus(StatusChoice choice) -> attempt(people.status(choice));
            case Command.Away(boolean away) -> away(away);
            case Command.Ping _ ->
                attempt(client.ping()
                        .thenAccept(time -> screen.say(time.toMillis() + " ms by " + notices.transport())));
            case Command.Help _ -> screen.say(Command.HELP);
            case Command.Wrong(String why) -> screen.error(why);
            case Command.Quit _ -> {
                return false;
            }
        }
        return true;
    }

    private void away(boolean away) {
        if (away) {
            client.away();
        } else {
            client.active();
        }
        screen.hint(away ? "you are away" : "you are back");
    }

    private interface Changing {
        CompletableFuture<ServerFrame.Ack> change(long seq);
    }

    private void onOwn(OptionalLong named, String done, Changing changing) throws ChatFailed {
        UserId own = me;
        long target = named.orElse(own == null ? 0 : transcript.newestMessageOf(own));
        if (target == 0) {
            screen.error("you said nothing yet that could be " + done);
        } else {
            attempt(changing.change(target));
        }
    }

    private void react(Command.React react) throws ChatFailed {
        long target = react.seq().orElse(transcript.newestMessage());
        if (target == 0) {
            screen.error("there is nothing to react to");
            return;
        }
        Emoji emoji;
        try {
            emoji = new Emoji(react.emoji());
        } catch (IllegalArgumentException e) {
            screen.error("the emoji " + e.getMessage());
            return;
        }
        attempt(client.react(channel, target, emoji, react.remove()));
    }

    /** Waits for it, and goes on when it fails. */
    private void attempt(CompletableFuture<?> something) throws ChatFailed {
        waiting.await(something.handle((done, failure) -> {
            if (failure != null) {
                screen.error(Waiting.reasonOf(failure));
            }
            return true;
        }));
    }

    private void say(String line, @Nullable Long replyTo) throws ChatFailed {
        var id = new ClientMessageId(UUID.randomUUID().toString());
        CompletableFuture<ServerFrame.Ack> ack = client.publish(channel, id, Json.tree(Map.of("text", line)), replyTo);
        sent.add(ack.whenComplete((done, failure) -> {
            if (failure != null) {
                refused.incrementAndGet();
                screen.error("not sent: " + Waiting.reasonOf(failure));
            }
        }));
        if (!notices.isUp()) {
            screen.hint("will be sent when the connection is back");
        }
        sent.removeIf(CompletableFuture::isDone);
        if (sent.size() >= PIPELINE) {
            waiting.await(sent.removeFirst().handle((done, reported) -> true));
        }
    }

    /** Waits for the acks, and until what was acknowledged has been shown. */
    private void finish() throws ChatFailed {
        List<CompletableFuture<Long>> acked = sent.stream()
                .map(ack -> ack.handle((done, reported) -> reported == null ? done.seq() : 0L))
                .toList();
        long last = 0;
        for (CompletableFuture<Long> seq : acked) {
            last = Math.max(last, waiting.await(seq));
        }
        if (last > 0) {
            waiting.await(transcript.shown(last));
        }
        if (refused.get() > 0) {
            throw new ChatFailed(refused.get() + " of the lines were not sent");
        }
    }

    @Override
    public void onEvent(ServerFrame.LogEvent event) {
        transcript.add(event);
        people.onEvent(event);
        if (screen.isForPeople()) {
            client.read(channel, event.seq());
        }
    }

    @Override
    public void onEphemeral(ServerFrame.EphemeralEvent event) {
        people.onEphemeral(event, me);
    }

    @Override
    public void onPresence(List<UserPresence> changes) {
        people.onPresence(changes, me);
    }

    @Override
    public void onState(ConnectionState state) {
        notices.onState(state);
    }

    @Override
    public void onTransport(TransportChange change) {
        notices.onTransport(change);
    }

    @Override
    public void onReset(ChannelName reset, StreamPosition now) {
        screen.hint("too much was said meanwhile to show all of it; /history shows the newest");
    }

    @Override
    public void onSubscriptionLost(ChannelName lost, RequestFailed why) {
        waiting.fail(lost + ": " + why.getMessage());
    }
}
