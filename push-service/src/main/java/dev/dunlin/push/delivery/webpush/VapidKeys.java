package dev.dunlin.push.delivery.webpush;

import dev.dunlin.push.delivery.webpush.VapidFiles.Content;
import dev.dunlin.push.delivery.webpush.VapidFiles.KeyOfFile;
import dev.dunlin.push.device.ServerKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The VAPID keys by id. Their files are read again when they change; that is looked for at most
 * every {@link #LOOK}. A file that cannot be used then is logged once; its key, if it had one
 * before, stays. A key whose file is gone is gone. Thread-safe; may block for local files.
 */
public final class VapidKeys implements ServerKeys {
    private static final Logger LOG = Logger.getLogger(VapidKeys.class);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final VapidFiles files;
    private final String subject;
    private final Clock clock;
    private final Consumer<Map<String, Instant>> written;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Loaded loaded;

    /** {@code keys}: the oldest first. {@code look}: when to look for changes. */
    private record Loaded(List<VapidFiles.Version> versions, Content content, Map<String, Vapid> keys, Instant look) {}

    /**
     * Starts with {@code content}, which was just read from the files.
     *
     * @param subject who runs this suite: see {@link Vapid}
     * @param written gets the time at which the file of each key was written, by id: now, and when
     *     the files were read again
     */
    public VapidKeys(
            VapidFiles files, Content content, String subject, Clock clock, Consumer<Map<String, Instant>> written) {
        this.files = files;
        this.subject = subject;
        this.clock = clock;
        this.written = written;
        Loaded nothing = new Loaded(List.of(), new Content(Map.of(), Map.of()), Map.of(), Instant.MIN);
        // no versions: they may be newer than the content by now, so the first look reads again
        this.loaded = load(nothing, List.of(), content, clock.instant());
    }

    @Override
    public Optional<ServerKey> newest() {
        return current().entrySet().stream()
                .reduce((older, newer) -> newer)
                .map(newest -> new ServerKey(newest.getKey(), newest.getValue().publicKey()));
    }

    @Override
    public Optional<String> idOf(String publicKey) {
        String plain = publicKey.replace("=", "");
        return current().entrySet().stream()
                .filter(key -> key.getValue().publicKey().equals(plain))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The key of that id; empty if there is none. */
    Optional<Vapid> find(String id) {
        return Optional.ofNullable(current().get(id));
    }

    private Map<String, Vapid> current() {
        Loaded known = loaded;
        Instant now = clock.instant();
        if (!now.isBefore(known.look()) && reading.tryLock()) {
            try {
                List<VapidFiles.Version> versions = files.versions();
                loaded = versions.equals(known.versions())
                        ? new Loaded(versions, known.content(), known.keys(), now.plus(LOOK))
                        : load(known, versions, files.read(), now);
            } finally {
                reading.unlock();
            }
        }
        return loaded.keys();
    }

    private Loaded load(Loaded before, List<VapidFiles.Version> versions, Content content, Instant now) {
        content.faults().forEach((id, fault) -> {
            if (!fault.equals(before.content().faults().get(id))) {
                LOG.errorf("the VAPID key file %s is not used: %s", fault.file(), fault.reason());
            }
        });
        Map<String, KeyOfFile> files = new TreeMap<>(this.files.oldestFirst());
        files.putAll(content.keys());
        before.content().keys().forEach((id, key) -> {
            if (content.faults().containsKey(id) || content.faults().containsKey(VapidFiles.DIRECTORY)) {
                files.putIfAbsent(id, key);
            }
        });
        Map<String, Vapid> keys = new LinkedHashMap<>();
        Map<String, Instant> times = new LinkedHashMap<>();
        files.forEach((id, file) -> {
            keys.put(id, vapid(before, id, file));
            times.put(id, file.written());
        });
        written.accept(times);
        return new Loaded(versions, new Content(files, content.faults()), keys, now.plus(LOOK));
    }

    /** A key that did not change keeps its tokens. */
    private Vapid vapid(Loaded before, String id, KeyOfFile file) {
        Vapid known = before.keys().get(id);
        return known != null && known.publicKey().equals(file.key().publicKey())
                ? known
                : new Vapid(file.key(), subject, clock);
    }
}
