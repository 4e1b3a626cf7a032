package dev.dunlin.presence.redis;

import dev.dunlin.edge.redis.Script;
import dev.dunlin.presence.owner.ShardStore;
import dev.dunlin.presence.shard.Chosen;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.Member;
import dev.dunlin.presence.shard.NodePart;
import dev.dunlin.presence.shard.UserEntry;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shards in Redis; see {@link Keys}. A call that concerns several shards is one pipeline. */
@Singleton
final class RedisShardStore implements ShardStore {
    private static final Script CLAIM = Script.resource(RedisShardStore.class, "/lua/claim.lua");
    private static final Script COMMIT = Script.resource(RedisShardStore.class, "/lua/commit.lua");

    private final PinnedRedis redis;

    RedisShardStore(PinnedRedis redis) {
        this.redis = redis;
    }

    @Override
    public Claim claim(int shard, Instant now) {
        Keys keys = new Keys(shard);
        Response claimed = redis.run(List.of(
                        new PinnedRedis.Call(CLAIM, List.of(keys.meta()), List.of(Long.toString(now.toEpochMilli())))))
                .getFirst();
        List<Response> state = redis.send(List.of(
                Request.cmd(Command.HGETALL).arg(keys.nodes()),
                Request.cmd(Command.HLEN).arg(keys.users()),
                first(keys)));
        Map<NodeId, NodePart> parts = new HashMap<>();
        for (String node : state.getFirst().getKeys()) {
            parts.put(new NodeId(node), part(state.getFirst().get(node).toString()));
        }
        Response next = claimed.get(2);
        return new Claim(
                claimed.get(0).toLong(),
                claimed.get(3).toLong(),
                claimed.get(1) != null,
                next == null ? OptionalLong.empty() : OptionalLong.of(next.toLong()),
                state.get(1).toInteger(),
                parts,
                score(state.get(2)));
    }

    @Override
    public Map<Integer, Loaded> load(Map<Integer, Wanted> wanted) {
        List<Reading> readings = new ArrayList<>();
        List<Request> requests = new ArrayList<>();
        wanted.forEach((shard, of) -> {
            Reading reading = new Reading(shard, List.copyOf(of.users()), List.copyOf(of.ending()));
            readings.add(reading);
            reading.addRequests(requests);
        });
        List<Response> answers = redis.send(requests);
        Map<Integer, Loaded> loaded = new HashMap<>();
        int at = 0;
        for (Reading reading : readings) {
            List<Response> own = answers.subList(at, at + reading.size());
            loaded.put(reading.shard(), reading.loaded(own));
            at += reading.size();
        }
        return loaded;
    }

    /** The commands that read users of one shard, and what their answers mean. */
    private record Reading(int shard, List<UserId> users, List<UserId> ending) {
        void addRequests(List<Request> requests) {
            Keys keys = new Keys(shard);
            if (!users.isEmpty()) {
                requests.add(of(Command.HMGET, keys.users(), users));
                requests.add(of(Command.HMGET, keys.chosen(), users));
            }
            if (!ending.isEmpty()) {
                requests.add(of(Command.ZMSCORE, keys.seen(), ending));
                requests.add(of(Command.ZMSCORE, keys.erased(), ending));
            }
        }

        int size() {
            return (users.isEmpty() ? 0 : 2) + (ending.isEmpty() ? 0 : 2);
        }

        Loaded loaded(List<Response> answers) {
            Map<UserId, UserEntry> entries = new HashMap<>();
            Map<UserId, Chosen> chosen = new HashMap<>();
            Map<UserId, Long> seen = new HashMap<>();
            Set<UserId> erased = new HashSet<>();
            for (int i = 0; i < users.size(); i++) {
                Response entry = answers.getFirst().get(i);
                if (entry != null) {
                    entries.put(users.get(i), EntryText.read(entry.toString()));
                }
                Response choice = answers.get(1).get(i);
                if (choice != null) {
                    chosen.put(users.get(i), ChosenText.read(choice.toString()));
                }
            }
            for (int i = 0; i < ending.size(); i++) {
                Response at = answers.get(answers.size() - 2).get(i);
                if (at != null) {
                    seen.put(ending.get(i), at.toLong());
                }
                if (answers.getLast().get(i) != null) {
                    erased.add(ending.get(i));
                }
            }
            return new Loaded(entries, chosen, seen, erased);
        }

        private static Request of(Command command, String key, List<UserId> users) {
            Request request = Request.cmd(command).arg(key);
            users.forEach(user -> request.arg(user.value()));
            return request;
        }
    }

    @Override
    public List<Boolean> commit(List<Write> writes) {
        return redis
                .run(writes.stream()
                        .map(Commands::of)
                        .map(commands -> new PinnedRedis.Call(COMMIT, commands.keys(), commands.words()))
                        .toList())
                .stream()
                .map(answer -> answer.toInteger() == 1)
                .toList();
    }

    @Override
    public Map<Integer, Standing> standing(Collection<Integer> shards) {
        List<Integer> asked = List.copyOf(shards);
        List<Response> answers = redis.send(asked.stream()
                .map(shard -> Request.cmd(Command.HMGET)
                        .arg(new Keys(shard).meta())
                        .arg("owner")
                        .arg("version"))
                .toList());
        Map<Integer, Standing> standing = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            standing.put(
                    asked.get(i),
                    new Standing(
                            number(answers.get(i).get(0)), number(answers.get(i).get(1))));
        }
        return standing;
    }

    @Override
    public List<UserId> due(int shard, Instant now, int limit) {
        return until(new Keys(shard).due(), now, limit);
    }

    @Override
    public Optional<Instant> firstDue(int shard) {
        return score(redis.one(first(new Keys(shard))));
    }

    @Override
    public Set<Member> members(int shard, NodeId node, int limit) {
        String key = new Keys(shard).node(node);
        Request request = limit == Integer.MAX_VALUE
                ? Request.cmd(Command.SMEMBERS).arg(key)
                : Request.cmd(Command.SRANDMEMBER).arg(key).arg(limit);
        Set<Member> members = new HashSet<>();
        for (Response member : redis.one(request)) {
            String[] words = member.toString().split(" ", 2);
            members.add(new Member(new UserId(words[0]), new SessionId(words[1])));
        }
        return members;
    }

    @Override
    public List<UserId> choicesOver(int shard, Instant now, int limit) {
        return until(new Keys(shard).until(), now, limit);
    }

    @Override
    public List<UserId> erasuresOver(int shard, Instant now, int limit) {
        return until(new Keys(shard).erased(), now, limit);
    }

    @Override
    public Set<UserId> seenTooLongAgo(int shard, Instant before, int most, int limit) {
        String seen = new Keys(shard).seen();
        Set<UserId> users = new HashSet<>(until(seen, before.minusMillis(1), limit));
        long surplus = redis.one(Request.cmd(Command.ZCARD).arg(seen)).toLong() - most;
        if (surplus > 0) {
            redis.one(Request.cmd(Command.ZRANGE).arg(seen).arg(0).arg(Math.min(surplus, limit) - 1))
                    .forEach(user -> users.add(new UserId(user.toString())));
        }
        return users;
    }

    private List<UserId> until(String key, Instant now, int limit) {
        Request request = Request.cmd(Command.ZRANGE)
                .arg(key)
                .arg("-inf")
                .arg(now.toEpochMilli())
                .arg("BYSCORE")
                .arg("LIMIT")
                .arg(0)
                .arg(limit);
        List<UserId> users = new ArrayList<>();
        redis.one(request).forEach(user -> users.add(new UserId(user.toString())));
        return users;
    }

    private static Request first(Keys keys) {
        return Request.cmd(Command.ZRANGE).arg(keys.due()).arg(0).arg(0).arg("WITHSCORES");
    }

    /** The score of the first of a range, if there is one. RESP 3 nests it, RESP 2 does not. */
    private static Optional<Instant> score(Response range) {
        if (range.size() == 0) {
            return Optional.empty();
        }
        Response first = range.size() == 1 ? range.get(0).get(1) : range.get(1);
        return Optional.of(Instant.ofEpochMilli(first.toLong()));
    }

    private static NodePart part(String text) {
        String[] words = text.split(" ", 2);
        return new NodePart(Integer.parseInt(words[0]), Long.parseLong(words[1]));
    }

    private static @Nullable Long number(@Nullable Response response) {
        return response == null ? null : response.toLong();
    }
}
