package dev.dunlin.connection.channelpresence;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The store as one process uses it, which can die. */
final class ProcessStore implements PartStore {
    private final PartStore store;
    private boolean dead;

    ProcessStore(PartStore store) {
        this.store = store;
    }

    void die() {
        dead = true;
    }

    private <T> CompletionStage<T> unlessDead(Supplier<CompletionStage<T>> call) {
        return dead ? new CompletableFuture<>() : call.get();
    }

    @Override
    public CompletionStage<Boolean> write(ChannelName channel, NodeId life, Change change) {
        return unlessDead(() -> store.write(channel, life, change));
    }

    @Override
    public CompletionStage<Optional<Long>> touch(ChannelName channel, NodeId life) {
        return unlessDead(() -> store.touch(channel, life));
    }

    @Override
    public CompletionStage<Map<NodeId, PartHead>> heads(ChannelName channel) {
        return unlessDead(() -> store.heads(channel));
    }

    @Override
    public CompletionStage<Map<NodeId, List<PartUser>>> users(ChannelName channel, Collection<NodeId> lives) {
        return unlessDead(() -> store.users(channel, lives));
    }

    @Override
    public CompletionStage<Void> remove(ChannelName channel, NodeId life) {
        return unlessDead(() -> store.remove(channel, life));
    }

    @Override
    public CompletionStage<Collection<NodeId>> withoutLease(Collection<NodeId> lives) {
        return unlessDead(() -> store.withoutLease(lives));
    }
}
