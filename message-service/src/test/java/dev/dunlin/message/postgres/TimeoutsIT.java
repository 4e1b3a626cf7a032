package dev.dunlin.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.command.StoreFailure;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.protocol.ChannelName;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the server ends by itself, over the service's own pool. */
@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class TimeoutsIT {
    private static final String WAITING =
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%from event%'"
                    + " and application_name = 'message-service' and datname = current_database()";

    @Inject
    AgroalDataSource dataSource;

    @Inject
    MessageStore store;

    @Test
    void whoWaitsForALockIsEndedByTheServer() throws SQLException {
        try (Connection locker = dataSource.getConnection();
                Statement lock = locker.createStatement()) {
            locker.setAutoCommit(false);
            lock.execute("lock table event in access exclusive mode");
            assertThatThrownBy(() -> store.history().events(new ChannelName("room:locked"), 0, 1))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("lock timeout");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(number(WAITING)).isZero());
            locker.rollback();
            locker.setAutoCommit(true);
        }
        assertThat(store.history().events(new ChannelName("room:locked"), 0, 1)).isEmpty();
    }

    @Test
    void statementsAndIdleTransactionsHaveLimitsAndTheBackgroundItsOwn() throws SQLException {
        assertThat(shown(new Sql(dataSource), "statement_timeout")).isEqualTo("9s");
        assertThat(shown(Sql.inBackground(dataSource), "statement_timeout")).isEqualTo("59s");
        assertThat(shown(new Sql(dataSource), "statement_timeout")).isEqualTo("9s");
        assertThat(shown(new Sql(dataSource), "idle_in_transaction_session_timeout"))
                .isEqualTo("1min");
        assertThatThrownBy(() -> number("select count(*) from (select pg_sleep(30)) x"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("statement timeout");
    }

    @Test
    void whyTheBackgroundFailedIsSaidAlsoWhenTheConnectionIsGone() {
        assertThatThrownBy(() -> Sql.inBackground(dataSource)
                        .query(
                                "select pg_terminate_backend(pg_backend_pid())",
                                statement -> {},
                                row -> row.getBoolean(1)))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("terminating connection");
    }

    private static String shown(Sql sql, String setting) {
        return sql.query("show " + setting, statement -> {}, row -> row.getString(1))
                .getFirst();
    }

    private long number(String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
