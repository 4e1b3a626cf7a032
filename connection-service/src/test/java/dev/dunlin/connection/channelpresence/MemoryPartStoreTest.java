package dev.dunlin.connection.channelpresence;

import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.protocol.NodeId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

class MemoryPartStoreTest extends PartStoreContract {
    private final ManualLoop loop = new ManualLoop();
    private final MemoryPartStore store = new MemoryPartStore(loop);

    @Override
    protected PartStore store() {
        return store;
    }

    @Override
    protected <T> T await(CompletionStage<T> answer) {
        loop.pass(Duration.ofMillis(10));
        return answer.toCompletableFuture().join();
    }

    @Override
    protected void lose() {
        store.loseAll();
    }

    @Override
    protected void lease(NodeId life) {
        store.lease(life, true);
    }
}
