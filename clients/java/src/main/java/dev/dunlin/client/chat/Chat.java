package dev.dunlin.client.chat;

import dev.dunlin.client.ClientListener;
import dev.dunlin.client.ConnectionState;
import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One conversation: history, then live, while lines that are typed are sent. */
final class Chat implements ClientListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int HISTORY = 20;
    /** How far a file on standard input may be ahead of its acks. */
    private static final int PIPELINE = 100;

    private final ChatOptions options;
    private final ChannelName channel;
    private final ChatScreen screen;
    private final Transcript transcript;
    private final DunlinClient client;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Deque<CompletableFuture<ServerFrame.Ack>> sent = new ArrayDeque<>();
    private final AtomicInteger refused = new AtomicInteger();

    Chat(ChatOptions options, ChatScreen screen) {
        this.options = options;
        this.channel = options.channel();
        this.screen = screen;
        this.transcript = new Transcript(screen);
        this.client = DunlinClient.at(options.origin(), options.tokens())
                .listener(this)
                .autoSubscribe(false)
                .build();
    }

    /** Talks until the input ends or {@code /quit}; throws {@link ChatFailed} with a line for the user. */
    void run(BufferedReader input) throws ChatFailed {
        try (client) {
            ServerFrame.Welcome welcome = await(client.connect());
            transcript.start(await(client.subscribe(channel).thenCompose(this::recent)));
            screen.hint("you are " + welcome.user() + " in " + channel + "; /help says what else there is");
            Thread.ofPlatform().name("input").daemon().start(() -> talk(input));
            waitFor(ended);
            finish();
        }
    }

    private CompletableFuture<List<ServerFrame.Message>> recent(ServerFrame.Subscribed subscribed) {
        Long head = subscribed.head();
        if (head == null || head == 0) {
            return CompletableFuture.completedFuture(List.of());
        }
        return newest(OptionalLong.of(head + 1));
    }

    private CompletableFuture<List<ServerFrame.Message>> newest(OptionalLong before) {
        return client.rest().messagesBefore(channel, before, HISTORY).thenApply(page -> page.messages());
    }

    private void talk(BufferedReader input) {
        try {
            boolean goOn = true;
            while (goOn) {
                String line = input.readLine();
                goOn = line != null && obey(line);
            }
            ended.complete(null);
        } catch (IOException e) {
            ended.completeExceptionally(new ChatFailed("cannot read the input: " + e.getMessage()));
        } catch (ChatFailed e) {
            ended.completeExceptionally(e);
        }
    }

    /** Does what a line says; false if that is the end. */
    private boolean obey(String line) throws ChatFailed {
        String stripped = line.strip();
        switch (stripped) {
            case "" -> screen.eraseTyped();
            case "/quit" -> {
                return false;
            }
            case "/help" -> screen.say("a line is sent as it is; /history shows the newest messages again; /quit ends");
            case "/history" -> await(newest(OptionalLong.empty())).forEach(screen::event);
            default -> {
                if (stripped.startsWith("/")) {
                    screen.error("no such command: " + stripped + "; /help says what there is");
                } else {
                    say(line);
                }
            }
        }
        return true;
    }

    private void say(String line) throws ChatFailed {
        screen.eraseTyped();
        CompletableFuture<ServerFrame.Ack> ack = client.publish(channel, Json.tree(Map.of("text", line)));
        sent.add(ack.whenComplete((done, failure) -> {
            if (failure != null) {
                refused.incrementAndGet();
                screen.error("not sent: " + reasonOf(failure));
            }
        }));
        sent.removeIf(CompletableFuture::isDone);
        if (sent.size() >= PIPELINE) {
            await(sent.removeFirst().handle((done, reported) -> true));
        }
    }

    /** Waits for the acks, and until what was acknowledged has been shown. */
    private void finish() throws ChatFailed {
        List<CompletableFuture<Long>> acked = sent.stream()
                .map(ack -> ack.handle((done, reported) -> reported == null ? done.seq() : 0L))
                .toList();
        long last = 0;
        for (CompletableFuture<Long> seq : acked) {
            last = Math.max(last, await(seq));
        }
        if (last > 0) {
            waitFor(transcript.shown(last));
        }
        if (refused.get() > 0) {
            throw new ChatFailed(refused.get() + " of the lines were not sent");
        }
    }

    @Override
    public void onEvent(ServerFrame.LogEvent event) {
        transcript.add(event);
    }

    @Override
    public void onEphemeral(ServerFrame.EphemeralEvent event) {
        if (event instanceof ServerFrame.Typing typing && typing.channel().equals(channel)) {
            screen.typing(typing.from());
        }
    }

    @Override
    public void onPresence(List<UserPresence> changes) {
        screen.presence(changes);
    }

    @Override
    public void onState(ConnectionState state) {
        switch (state) {
            case ConnectionState.Connected connected -> transcript.connected();
            case ConnectionState.Connecting _ -> {}
            case ConnectionState.Waiting(int attempt, Transport transport, Duration delay, String why) -> {
                if (transcript.wasConnected()) {
                    screen.error("connection lost (" + why + "); trying again");
                } else {
                    ended.completeExceptionally(new ChatFailed(
                            "cannot reach " + options.origin() + ": " + why + "; is the suite up (./dev up)?"));
                }
            }
            case ConnectionState.Closed(int code, String why) -> ended.completeExceptionally(new ChatFailed(why));
        }
    }

    @Override
    public void onSubscriptionLost(ChannelName lost, RequestFailed why) {
        ended.completeExceptionally(new ChatFailed(lost + ": " + why.getMessage()));
    }

    /** Waits for an answer, unless the chat comes to its end before. */
    private <T> T await(CompletableFuture<T> answer) throws ChatFailed {
        CompletableFuture<Object> first = CompletableFuture.anyOf(answer, ended.thenCompose(done -> answer));
        try {
            first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return answer.join();
        } catch (TimeoutException e) {
            throw new ChatFailed("no answer from " + options.origin() + " within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException | CompletionException e) {
            throw new ChatFailed(reasonOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatFailed("interrupted");
        }
    }

    private static void waitFor(CompletableFuture<Void> end) throws ChatFailed {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw new ChatFailed(reasonOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatFailed("interrupted");
        }
    }

    private static String reasonOf(Throwable failure) {
        Throwable root = failure;
        while ((root instanceof ExecutionException || root instanceof CompletionException) && root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
