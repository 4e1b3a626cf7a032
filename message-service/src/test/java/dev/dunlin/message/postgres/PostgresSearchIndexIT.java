package dev.dunlin.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.search.Reindexing;
import dev.dunlin.message.search.Search;
import dev.dunlin.message.search.SearchIndex;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.Database;
import dev.dunlin.message.testing.StoreContract;
import dev.dunlin.protocol.frame.ServerFrame;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Messages whose words the version before has written, by its own statement. */
@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class PostgresSearchIndexIT extends StoreContract {
    @Inject
    MessageStore store;

    @Inject
    AgroalDataSource dataSource;

    @Override
    protected MessageStore store() {
        return store;
    }

    @Test
    void messagesOfTheVersionBeforeAreFoundAsItFoundThemUntilTheBackgroundIndexesThemAgain() {
        publish(1, "the quick fox ¿qué");
        publish(2, "the slow fox");
        writtenBefore(1, "the quick fox ¿qué");
        startAgain();

        assertThat(found("FOX")).containsExactly(2L, 1L);
        assertThat(found("fox -quick")).containsExactly(2L);
        assertThat(found("qué")).isEmpty();

        carryOut();

        assertThat(found("qué")).containsExactly(1L);
        assertThat(found("fox")).containsExactly(2L, 1L);
        assertThat(found("fox -quick")).containsExactly(2L);
    }

    @Test
    void theWorkIsCarriedOnWhereItWasLeftAndSaysWhatIsLeft() {
        for (int i = 1; i <= 5; i++) {
            publish(i, "¿qué");
            writtenBefore(i, "¿qué");
        }
        startAgain();
        new Database(dataSource).alter("update search_renewal set channel = '" + room.value() + "', seq = 0");

        assertThat(store.searchIndex().renew(2)).isPositive();
        assertThat(found("qué")).containsExactly(2L, 1L);
        assertThat(PostgresStore.over(dataSource).searchIndex().renew(2)).isPositive();
        assertThat(found("qué")).containsExactly(4L, 3L, 2L, 1L);

        List<Long> left = carryOut();

        assertThat(found("qué")).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(left).last().isEqualTo(0L);
    }

    @Test
    void whatAProcessOfTheVersionBeforeWritesAfterThatIsCaughtUpWith() {
        publish(1, "¿qué");
        publish(2, "nothing");
        carryOut();
        writtenBefore(1, "¿qué");

        assertThat(found("qué")).isEmpty();

        Reindexing reindexing = new Reindexing(store.searchIndex());
        reindexing.carryOut(() -> false, _ -> {});
        reindexing.catchUp(() -> false);

        assertThat(found("qué")).containsExactly(1L);
        assertThat(store.searchIndex().renewLate(10)).isZero();
    }

    private void publish(int seq, String text) {
        run(alice, room, message("m" + seq, text));
    }

    /** As {@code LogAppender} did before V8. */
    private void writtenBefore(long seq, String text) {
        String sql = "update message set search = message_words(channel, ?) where channel = ? and seq = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, text.toLowerCase(Locale.ROOT));
            statement.setString(2, room.value());
            statement.setLong(3, seq);
            assertThat(statement.executeUpdate()).isOne();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void startAgain() {
        new Database(dataSource).alter("update search_renewal set channel = '', seq = 0, seen = 0, finished = false");
    }

    private List<Long> carryOut() {
        SearchIndex index = store.searchIndex();
        List<Long> left = new ArrayList<>();
        do {
            left.add(index.renew(200));
        } while (left.getLast() > 0);
        return left;
    }

    private List<Long> found(String text) {
        Search.Result result = store.search().search(room, text, 1, Long.MAX_VALUE, 10);
        return ((Search.Result.Found) result)
                .messages().stream().map(ServerFrame.Message::seq).toList();
    }
}
