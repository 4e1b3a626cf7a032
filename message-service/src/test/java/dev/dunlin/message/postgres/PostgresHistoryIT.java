package dev.dunlin.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.HistoryContract;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class PostgresHistoryIT extends HistoryContract {
    @Inject
    MessageStore store;

    @Inject
    AgroalDataSource database;

    @Override
    protected MessageStore store() {
        return store;
    }

    @Override
    protected void spell(ChannelName channel, UserId user, String emoji, String spelled) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update reaction set emoji = ? where channel = ? and target = 1 and user_id = ? and emoji = ?")) {
            update.setString(1, spelled);
            update.setString(2, channel.value());
            update.setString(3, user.value());
            update.setString(4, emoji);
            assertThat(update.executeUpdate()).isEqualTo(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
