package dev.dunlin.presence.redis;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.PresenceShard;
import io.quarkus.runtime.StartupEvent;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Takes over what releases without shards kept in Redis: when users were last seen goes to the
 * shards, the rest is deleted, because the nodes list their sessions. Several processes may do this
 * at once.
 */
@Singleton
final class OldKeys {
    private static final Logger LOG = Logger.getLogger(OldKeys.class);
    private static final String SEEN = "presence:seen";
    private static final String NODES = "presence:nodes";
    private static final String ANY = "presence:*";
    private static final int AT_ONCE = 1_000;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final PinnedRedis redis;

    OldKeys(PinnedRedis redis) {
        this.redis = redis;
    }

    void start(@Observes StartupEvent event) {
        var unused = Thread.ofVirtual().name("old-keys").start(this::insist);
    }

    private void insist() {
        while (true) {
            try {
                takeOver();
                return;
            } catch (PresenceUnavailable e) {
                LOG.debug("trying again to take over the keys of an earlier release", e);
            }
            try {
                Thread.sleep(PAUSE); // Redis was unreachable
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Idempotent. A cluster never had such keys: they were in several slots. */
    void takeOver() {
        if (redis.one(Request.cmd(Command.EXISTS).arg(SEEN)).toInteger() == 0
                && redis.one(Request.cmd(Command.EXISTS).arg(NODES)).toInteger() == 0) {
            return;
        }
        int users = 0;
        String cursor = "0";
        do {
            Response page = redis.one(Request.cmd(Command.HSCAN)
                    .arg(SEEN)
                    .arg(cursor)
                    .arg("COUNT")
                    .arg(AT_ONCE));
            cursor = page.get(0).toString();
            users += take(page.get(1));
        } while (!cursor.equals("0"));
        int keys = 0;
        do { // those that show that there is something to do last
            Response page = redis.one(Request.cmd(Command.SCAN)
                    .arg(cursor)
                    .arg("MATCH")
                    .arg(ANY)
                    .arg("COUNT")
                    .arg(AT_ONCE));
            cursor = page.get(0).toString();
            keys += delete(page.get(1));
        } while (!cursor.equals("0"));
        redis.one(Request.cmd(Command.UNLINK).arg(SEEN).arg(NODES));
        LOG.infof("took over when %d users were last seen, and deleted %d keys of an earlier release", users, keys);
    }

    private int take(Response fields) {
        List<Request> adds = new ArrayList<>();
        for (int i = 0; i < fields.size(); i += 2) {
            String user = fields.get(i).toString();
            adds.add(Request.cmd(Command.ZADD)
                    .arg(new Keys(PresenceShard.of(new UserId(user))).seen())
                    .arg("GT")
                    .arg(fields.get(i + 1).toString())
                    .arg(user));
        }
        redis.send(adds);
        return adds.size();
    }

    private int delete(Response names) {
        Request unlink = Request.cmd(Command.UNLINK);
        int count = 0;
        for (Response name : names) {
            if (!name.toString().equals(SEEN) && !name.toString().equals(NODES)) {
                unlink.arg(name.toString());
                count++;
            }
        }
        if (count > 0) {
            redis.one(unlink);
        }
        return count;
    }
}
