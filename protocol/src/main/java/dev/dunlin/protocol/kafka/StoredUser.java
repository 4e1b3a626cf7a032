package dev.dunlin.protocol.kafka;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.VisibleTo;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What presence-service must not lose of a user with Redis: a record of
 * {@link Topics#PRESENCE_USERS}. It has the one field that its key names; without a value there is
 * nothing of it. The newest record of a key stands for those before it. Key: {@link Key#text()}.
 *
 * @param lastSeen when the user's last session ended, in milliseconds since 1970
 * @param choice what the user says of itself
 * @param visibleTo who sees its presence; absent: as the operator configured
 */
public record StoredUser(
        @Nullable Long lastSeen,
        @Nullable StatusChoice choice,
        @Nullable VisibleTo visibleTo) {
    /** Nothing. */
    public static final StoredUser NOTHING = new StoredUser(null, null, null);

    /** What a record holds of a user. */
    public enum Field {
        LAST_SEEN("lastSeen"),
        CHOICE("choice"),
        VISIBLE_TO("visibleTo");

        private final String text;

        Field(String text) {
            this.text = text;
        }
    }

    /** A field of a user. Each has a key, so that a change of one does not undo another. */
    public record Key(UserId user, Field field) {
        /** The record's key: the field's name, a slash, the user. */
        public String text() {
            return field.text + "/" + user.value();
        }

        /**
         * Reads what {@link #text()} wrote.
         *
         * @throws IllegalArgumentException if it is no such key
         */
        public static Key parse(String text) {
            int slash = text.indexOf('/');
            String name = text.substring(0, Math.max(slash, 0));
            Field field = Arrays.stream(Field.values())
                    .filter(one -> one.text.equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("not a field of a user: " + text));
            return new Key(new UserId(text.substring(slash + 1)), field);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && user.equals(key.user) && field == key.field;
        }

        @Override
        public int hashCode() {
            return Objects.hash(user, field);
        }
    }
}
