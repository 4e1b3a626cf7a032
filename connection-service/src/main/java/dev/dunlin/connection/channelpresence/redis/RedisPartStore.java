package dev.dunlin.connection.channelpresence.redis;

import dev.dunlin.connection.channelpresence.PartStore;
import dev.dunlin.edge.redis.PinnedConnection;
import dev.dunlin.edge.redis.Script;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import dev.dunlin.protocol.bus.RedisKeys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * The hashes {@link RedisKeys#channelParts} and {@link RedisKeys#channelPart}, which are in one
 * slot. Their owner extends their life at least every hour, so nothing stays for ever.
 */
public final class RedisPartStore implements PartStore {
    private static final Logger LOG = Logger.getLogger(RedisPartStore.class);
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Script WRITE = Script.resource(RedisPartStore.class, "/lua/write-part.lua");

    private final PinnedConnection connection;

    public RedisPartStore(PinnedConnection connection) {
        this.connection = connection;
    }

    @Override
    public CompletionStage<Boolean> write(ChannelName channel, NodeId life, Change change) {
        boolean empty = change.head().users() == 0 && change.head().links() == 0;
        List<Object> arguments = new ArrayList<>(4 + 2 * change.users().size());
        arguments.add(life);
        arguments.add(empty ? "" : change.head().text());
        arguments.add(LIFE.toMillis());
        PartHead before = change.before();
        arguments.add(before == null ? "" : before.text());
        if (!empty) {
            change.users().forEach((id, user) -> {
                arguments.add(id);
                arguments.add(user.<Object>map(Json::write).orElse(""));
            });
        }
        return WRITE.run(connection, keys(channel, life), arguments.toArray()).thenApply(done -> done.toInteger() == 1);
    }

    private static List<String> keys(ChannelName channel, NodeId life) {
        return List.of(RedisKeys.channelParts(channel), RedisKeys.channelPart(channel, life));
    }

    @Override
    public CompletionStage<Optional<Long>> touch(ChannelName channel, NodeId life) {
        return connection
                .sendAll(List.of(
                        Request.cmd(Command.HGET)
                                .arg(RedisKeys.channelParts(channel))
                                .arg(life.value()),
                        expire(RedisKeys.channelParts(channel)),
                        expire(RedisKeys.channelPart(channel, life))))
                .thenApply(answers -> Optional.ofNullable(answers.getFirst())
                        .flatMap(head -> head(channel, head))
                        .map(PartHead::n));
    }

    private static Request expire(String key) {
        return Request.cmd(Command.PEXPIRE).arg(key).arg(LIFE.toMillis());
    }

    @Override
    public CompletionStage<Map<NodeId, PartHead>> heads(ChannelName channel) {
        return connection
                .sendAll(List.of(Request.cmd(Command.HGETALL).arg(RedisKeys.channelParts(channel))))
                .thenApply(answers -> heads(channel, answers.getFirst()));
    }

    private static Map<NodeId, PartHead> heads(ChannelName channel, Response fields) {
        Map<NodeId, PartHead> heads = new HashMap<>();
        for (String life : fields.getKeys()) {
            head(channel, fields.get(life)).ifPresent(head -> heads.put(new NodeId(life), head));
        }
        return heads;
    }

    private static Optional<PartHead> head(ChannelName channel, Response text) {
        Optional<PartHead> head = PartHead.read(text.toString());
        if (head.isEmpty()) {
            LOG.warnf("%s holds what is no head of a part: %s", RedisKeys.channelParts(channel), text);
        }
        return head;
    }

    @Override
    public CompletionStage<Map<NodeId, List<PartUser>>> users(ChannelName channel, Collection<NodeId> lives) {
        if (lives.isEmpty()) {
            return CompletableFuture.completedStage(Map.of());
        }
        List<NodeId> asked = List.copyOf(lives);
        return connection
                .sendAll(asked.stream()
                        .map(life -> Request.cmd(Command.HVALS).arg(RedisKeys.channelPart(channel, life)))
                        .toList())
                .thenApply(answers -> {
                    Map<NodeId, List<PartUser>> found = new HashMap<>();
                    for (int i = 0; i < asked.size(); i++) {
                        found.put(asked.get(i), users(channel, answers.get(i)));
                    }
                    return found;
                });
    }

    private static List<PartUser> users(ChannelName channel, Response values) {
        List<PartUser> users = new ArrayList<>(values.size());
        for (Response value : values) {
            try {
                users.add(Json.read(value.toBytes(), PartUser.class));
            } catch (InvalidInput e) {
                LOG.warnf("A part of %s holds what is no user: %s", channel, e.getMessage());
            }
        }
        return users;
    }

    @Override
    public CompletionStage<Void> remove(ChannelName channel, NodeId life) {
        Change nobody = new Change(new PartHead(0, 0, 0), null, Map.of());
        return write(channel, life, nobody).thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Collection<NodeId>> withoutLease(Collection<NodeId> lives) {
        if (lives.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        List<NodeId> asked = List.copyOf(lives);
        return connection
                .sendAll(asked.stream()
                        .map(life -> Request.cmd(Command.EXISTS).arg(RedisKeys.nodeLease(life)))
                        .toList())
                .thenApply(answers -> {
                    List<NodeId> without = new ArrayList<>();
                    for (int i = 0; i < asked.size(); i++) {
                        if (answers.get(i).toInteger() == 0) {
                            without.add(asked.get(i));
                        }
                    }
                    return without;
                });
    }
}
