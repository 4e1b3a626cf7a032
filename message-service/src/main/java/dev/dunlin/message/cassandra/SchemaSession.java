package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;

/**
 * Runs statements on the schema. These may take longer than the requests of {@link Cql}. {@code $}
 * stands for the keyspace.
 */
record SchemaSession(CqlSession session, String keyspace) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    ResultSet execute(String cql, Object... values) {
        return session.execute(SimpleStatement.builder(cql.replace("$", keyspace))
                .addPositionalValues(values)
                .setTimeout(TIMEOUT)
                .build());
    }
}
