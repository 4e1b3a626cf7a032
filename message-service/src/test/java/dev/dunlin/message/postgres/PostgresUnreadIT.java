package dev.dunlin.message.postgres;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.UnreadContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class PostgresUnreadIT extends UnreadContract {
    @Inject
    MessageStore store;

    @Override
    protected MessageStore store() {
        return store;
    }
}
