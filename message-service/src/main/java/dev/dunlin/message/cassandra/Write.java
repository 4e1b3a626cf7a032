package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;

/**
 * An insert, update or delete that is bound and not yet sent.
 *
 * @param bytes the size of its content if that is large, else 0
 */
record Write(Partition partition, BoundStatement statement, int bytes) {
    Write(Partition partition, BoundStatement statement) {
        this(partition, statement, 0);
    }
}
