package dev.dunlin.message.postgres;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.testing.ChannelLogContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class PostgresChannelLogIT extends ChannelLogContract {
    @Inject
    ChannelLog log;

    @Override
    protected ChannelLog log() {
        return log;
    }
}
