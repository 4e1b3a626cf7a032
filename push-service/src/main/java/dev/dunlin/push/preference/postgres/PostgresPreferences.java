package dev.dunlin.push.preference.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.postgres.Database;
import dev.dunlin.push.preference.Preferences;
import dev.dunlin.push.preference.PreferencesStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/** Preferences in the table {@code push_user}. */
public final class PostgresPreferences implements PreferencesStore {
    private final Database database;

    public PostgresPreferences(Database database) {
        this.database = database;
    }

    @Override
    public Preferences of(UserId user) {
        return database.transact(connection -> read(connection, user, ""));
    }

    @Override
    public Preferences change(UserId user, UnaryOperator<Preferences> change) {
        return database.transact(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                            "insert into push_user (user_id) values (?) on conflict do nothing");
                    PreparedStatement update =
                            connection.prepareStatement("update push_user set prefs = ?::jsonb where user_id = ?")) {
                insert.setString(1, user.value());
                insert.executeUpdate();
                Preferences changed = change.apply(read(connection, user, " for update"));
                update.setString(1, new String(Json.write(changed), UTF_8));
                update.setString(2, user.value());
                update.executeUpdate();
                return changed;
            }
        });
    }

    private static Preferences read(Connection connection, UserId user, String lock) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select prefs from push_user where user_id = ?" + lock)) {
            select.setString(1, user.value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? PreferencesColumn.read(rows.getString(1)) : Preferences.NONE;
            }
        }
    }

    @Override
    public void remove(UserId user) {
        database.transact(connection -> {
            try (PreparedStatement members = connection.prepareStatement("delete from push_member where user_id = ?");
                    PreparedStatement delete = connection.prepareStatement("delete from push_user where user_id = ?");
                    PreparedStatement sent = connection.prepareStatement("delete from push_message where sender = ?");
                    PreparedStatement verdicts = connection.prepareStatement(
                            "update push_message set verdicts = verdicts - ? where jsonb_exists(verdicts, ?)")) {
                members.setString(1, user.value());
                delete.setString(1, user.value());
                sent.setString(1, user.value());
                verdicts.setString(1, user.value());
                verdicts.setString(2, user.value());
                return members.executeUpdate()
                        + delete.executeUpdate()
                        + sent.executeUpdate()
                        + verdicts.executeUpdate();
            }
        });
    }
}
