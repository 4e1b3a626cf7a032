package dev.dunlin.presence.redis;

import dev.dunlin.presence.owner.ShardStore.Write;
import dev.dunlin.presence.shard.Member;
import dev.dunlin.presence.shard.NodePart;
import dev.dunlin.presence.shard.ShardChange;
import dev.dunlin.protocol.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The keys and arguments of {@code commit.lua} for one {@link Write}. */
final class Commands {
    /** The stack of Lua holds some thousand words. */
    private static final int MOST_WORDS = 1_000;

    private final Keys keys;
    private final Set<String> touched = new LinkedHashSet<>();
    private final List<String> words = new ArrayList<>();

    private Commands(Keys keys) {
        this.keys = keys;
        touched.add(keys.meta());
    }

    static Commands of(Write write) {
        Commands commands = new Commands(new Keys(write.shard()));
        commands.words.add(Long.toString(write.reign()));
        commands.words.add(Long.toString(write.version()));
        commands.whole(write);
        commands.change(write.change());
        return commands;
    }

    List<String> keys() {
        return List.copyOf(touched);
    }

    List<String> words() {
        return words;
    }

    private void whole(Write write) {
        switch (write.state()) {
            case null -> {}
            case EMPTY -> {
                add("HDEL", keys.meta(), List.of("state"));
                for (String key : List.of(keys.users(), keys.due(), keys.nodes())) {
                    add("UNLINK", key, List.of());
                }
            }
            case READY -> add("HSET", keys.meta(), List.of("state", "ready"));
        }
        add("HSET", keys.meta(), List.of("next", Long.toString(write.next())));
    }

    private void change(ShardChange change) {
        putAll(
                "HSET",
                "HDEL",
                keys.users(),
                change.users(),
                user -> List.of(user.value()),
                (user, entry) -> List.of(user.value(), EntryText.write(entry)));
        putAll(
                "ZADD",
                "ZREM",
                keys.due(),
                change.due(),
                user -> List.of(user.value()),
                (user, at) -> List.of(Long.toString(at), user.value()));
        putAll(
                "HSET",
                "HDEL",
                keys.chosen(),
                change.chosen(),
                user -> List.of(user.value()),
                (user, chosen) -> List.of(user.value(), ChosenText.write(chosen)));
        putAll(
                "ZADD",
                "ZREM",
                keys.until(),
                change.until(),
                user -> List.of(user.value()),
                (user, at) -> List.of(Long.toString(at), user.value()));
        putAll(
                "ZADD",
                "ZREM",
                keys.erased(),
                change.erased(),
                user -> List.of(user.value()),
                (user, until) -> List.of(Long.toString(until), user.value()));
        putAll(
                "HSET",
                "HDEL",
                keys.nodes(),
                change.parts(),
                node -> List.of(node.value()),
                (node, part) -> List.of(node.value(), text(part)));
        putAll(
                "ZADD",
                List.of("GT"),
                "ZREM",
                keys.seen(),
                change.seen(),
                user -> List.of(user.value()),
                (user, at) -> List.of(Long.toString(at), user.value()));
        change.members().forEach(this::members);
    }

    private interface Pair<K, V> {
        List<String> words(K key, V value);
    }

    private <K, V> void putAll(
            String put,
            String remove,
            String key,
            Map<K, Optional<V>> all,
            Function<K, List<String>> name,
            Pair<K, V> pair) {
        putAll(put, List.of(), remove, key, all, name, pair);
    }

    /** {@code how}: words that follow the key of {@code put}. */
    private <K, V> void putAll(
            String put,
            List<String> how,
            String remove,
            String key,
            Map<K, Optional<V>> all,
            Function<K, List<String>> name,
            Pair<K, V> pair) {
        List<String> puts = new ArrayList<>();
        List<String> removes = new ArrayList<>();
        all.forEach((one, value) -> {
            if (value.isPresent()) {
                puts.addAll(pair.words(one, value.get()));
            } else {
                removes.addAll(name.apply(one));
            }
        });
        addAll(put, key, how, puts);
        addAll(remove, key, List.of(), removes);
    }

    private void members(NodeId node, Map<Member, Boolean> members) {
        List<String> came = new ArrayList<>();
        List<String> went = new ArrayList<>();
        members.forEach((member, there) -> (there ? came : went).add(text(member)));
        addAll("SADD", keys.node(node), List.of(), came);
        addAll("SREM", keys.node(node), List.of(), went);
    }

    static String text(Member member) {
        return member.user() + " " + member.session();
    }

    static String text(NodePart part) {
        return part.count() + " " + part.hash();
    }

    private void addAll(String command, String key, List<String> first, List<String> all) {
        for (int from = 0; from < all.size(); from += MOST_WORDS) {
            List<String> next = new ArrayList<>(first);
            next.addAll(all.subList(from, Math.min(all.size(), from + MOST_WORDS)));
            add(command, key, next);
        }
    }

    private void add(String command, String key, Collection<String> rest) {
        touched.add(key);
        words.add(Integer.toString(rest.size() + 2));
        words.add(command);
        words.add(key);
        words.addAll(rest);
    }
}
