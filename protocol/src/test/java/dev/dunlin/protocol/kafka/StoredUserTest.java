package dev.dunlin.protocol.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dunlin.protocol.UserId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredUserTest {
    @ParameterizedTest
    @EnumSource
    void keyOfAFieldComesBackFromItsText(StoredUser.Field field) {
        StoredUser.Key key = new StoredUser.Key(new UserId("alice"), field);
        assertThat(StoredUser.Key.parse(key.text())).isEqualTo(key).hasSameHashCodeAs(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "/alice", "mood/alice", "choice/"})
    void whatIsNoKeyIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StoredUser.Key.parse(text));
    }
}
