package dev.dunlin.presence.redis;

import dev.dunlin.presence.owner.LossyStore;
import dev.dunlin.presence.owner.ShardStore;
import dev.dunlin.presence.owner.World;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.Member;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import io.quarkus.redis.datasource.RedisDataSource;
import io.vertx.mutiny.redis.client.Response;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shard of a {@link World} in Redis, which can lose what it has. */
final class LossyRedis implements LossyStore {
    private final ShardStore store;
    private final RedisDataSource redis;
    private Map<String, byte[]> saved = new HashMap<>();

    LossyRedis(ShardStore store, RedisDataSource redis) {
        this.store = store;
        this.redis = redis;
        loseAll();
    }

    private Set<String> keys() {
        return Set.copyOf(redis.key().keys("p:{" + World.SHARD + "}:*"));
    }

    @Override
    public void save() {
        saved = new HashMap<>();
        keys().forEach(key -> saved.put(key, dump(key)));
    }

    private byte[] dump(String key) {
        Response dump = redis.execute("DUMP", key);
        return dump.getDelegate().toBytes();
    }

    @Override
    public void loseSinceSave() {
        Map<String, byte[]> before = saved;
        loseAll();
        saved = before;
        before.forEach((key, dump) -> redis.getReactive()
                .getRedis()
                .send(io.vertx.mutiny.redis.client.Request.newInstance(
                        io.vertx.redis.client.Request.cmd(io.vertx.redis.client.Command.RESTORE)
                                .arg(key)
                                .arg(0)
                                .arg(io.vertx.core.buffer.Buffer.buffer(dump))))
                .await()
                .indefinitely());
    }

    @Override
    public void loseAll() {
        saved = new HashMap<>();
        keys().forEach(key -> redis.key().del(key));
    }

    @Override
    public boolean isReady(int shard) {
        return redis.hash(String.class).hexists(new Keys(shard).meta(), "state");
    }

    @Override
    public Claim claim(int shard, Instant now) {
        return store.claim(shard, now);
    }

    @Override
    public Map<Integer, Loaded> load(Map<Integer, Wanted> wanted) {
        return store.load(wanted);
    }

    @Override
    public List<Boolean> commit(List<Write> writes) {
        return store.commit(writes);
    }

    @Override
    public Map<Integer, Standing> standing(Collection<Integer> shards) {
        return store.standing(shards);
    }

    @Override
    public List<UserId> due(int shard, Instant now, int limit) {
        return store.due(shard, now, limit);
    }

    @Override
    public Optional<Instant> firstDue(int shard) {
        return store.firstDue(shard);
    }

    @Override
    public Set<Member> members(int shard, NodeId node, int limit) {
        return store.members(shard, node, limit);
    }

    @Override
    public List<UserId> choicesOver(int shard, Instant now, int limit) {
        return store.choicesOver(shard, now, limit);
    }

    @Override
    public List<UserId> erasuresOver(int shard, Instant now, int limit) {
        return store.erasuresOver(shard, now, limit);
    }

    @Override
    public Set<UserId> seenTooLongAgo(int shard, Instant before, int most, int limit) {
        return store.seenTooLongAgo(shard, before, most, limit);
    }
}
